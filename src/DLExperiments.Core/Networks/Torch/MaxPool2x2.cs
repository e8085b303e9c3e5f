using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Networks.Torch;

/// <summary>
/// Max pooling of 2x2 windows with stride 2, with a ReLU before it or without, as one operation of autograd: values and gradients are libtorch's,
/// in a fraction of its time. For 32-bit numbers on the CPU.
/// </summary>
internal sealed unsafe class MaxPool2x2 : autograd.SingleTensorFunction<MaxPool2x2>
{
    private const int LeastShared = 1 << 17;

    /// <inheritdoc/>
    public override string Name => nameof(MaxPool2x2);

    /// <summary>Whether a batch can be pooled here; else libtorch must.</summary>
    /// <param name="input">The batch [N,C,H,W].</param>
    internal static bool Takes(Tensor input) => input.dtype == ScalarType.Float32 && TakesInFull(input);

    /// <summary>Whether a batch can be pooled here, if need be after it has become one of 32-bit numbers: libtorch's pooling of bfloat16 takes more time than that.</summary>
    /// <param name="input">The batch [N,C,H,W].</param>
    internal static bool TakesInFull(Tensor input) =>
        MaxPool2x2Kernel.IsSupported && input.dtype is ScalarType.Float32 or ScalarType.BFloat16 && input.device_type == DeviceType.CPU && input.dim() == 4;

    /// <summary>Pools a batch.</summary>
    /// <param name="input">The batch [N,C,H,W], contiguous or channels last.</param>
    /// <param name="rectify">Whether a ReLU comes first.</param>
    /// <returns>[N,C,⌊H/2⌋,⌊W/2⌋] in the same memory order.</returns>
    internal static Tensor Pool(Tensor input, bool rectify)
    {
        if (is_grad_enabled() && input.requires_grad) return apply(input, rectify);
        (Tensor result, Tensor places) = Compute(input, rectify, !input.is_contiguous());
        places.Dispose();
        return result;
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var input = (Tensor)vars[0];
        bool channelsLast = !input.is_contiguous();
        (Tensor result, Tensor places) = Compute(input, (bool)vars[1], channelsLast);
        ctx.save_for_backward([places]);
        ctx.save_data("height", (int)input.shape[2]);
        ctx.save_data("width", (int)input.shape[3]);
        ctx.save_data("channelsLast", channelsLast);
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        int height = (int)ctx.get_data("height"), width = (int)ctx.get_data("width");
        bool channelsLast = (bool)ctx.get_data("channelsLast");
        (int n, int c) = ((int)grad_output.shape[0], (int)grad_output.shape[1]);
        using Tensor gradient = Arrange(grad_output, channelsLast), places = ctx.get_saved_variables()[0];
        Tensor spread = New(n, c, height, width, channelsLast);
        int plane = height * width, pooled = (height / 2) * (width / 2);
        fixed (byte* g = gradient.bytes, at = places.bytes, dx = spread.bytes)
        {
            (nint from, nint where, nint to) = ((nint)g, (nint)at, (nint)dx);
            if (channelsLast)
                Share(n, c * plane, i => MaxPool2x2Kernel.SpreadImage((float*)from + ((long)i * c * pooled), (byte*)where + ((long)i * c * pooled),
                    (float*)to + ((long)i * c * plane), height, width, c));
            else
                Share(n * c, plane, i => MaxPool2x2Kernel.SpreadPlane((float*)from + ((long)i * pooled), (byte*)where + ((long)i * pooled),
                    (float*)to + ((long)i * plane), height, width));
        }
        // One gradient for each argument; the second is the flag.
        return [InOrder(spread, channelsLast), null!];
    }

    private static (Tensor Result, Tensor Places) Compute(Tensor input, bool rectify, bool channelsLast)
    {
        long[] sizes = input.shape;
        (int n, int c, int height, int width) = ((int)sizes[0], (int)sizes[1], (int)sizes[2], (int)sizes[3]);
        using Tensor images = Arrange(input, channelsLast);
        Tensor result = New(n, c, height / 2, width / 2, channelsLast), places = empty(result.shape, ScalarType.Byte);
        int plane = height * width, pooled = (height / 2) * (width / 2);
        fixed (byte* x = images.bytes, y = result.bytes, at = places.bytes)
        {
            (nint from, nint to, nint where) = ((nint)x, (nint)y, (nint)at);
            if (channelsLast)
                Share(n, c * plane, i => MaxPool2x2Kernel.PoolImage((float*)from + ((long)i * c * plane), (float*)to + ((long)i * c * pooled),
                    (byte*)where + ((long)i * c * pooled), height, width, c, rectify));
            else
                Share(n * c, plane, i => MaxPool2x2Kernel.PoolPlane((float*)from + ((long)i * plane), (float*)to + ((long)i * pooled),
                    (byte*)where + ((long)i * pooled), height, width, rectify));
        }
        return (InOrder(result, channelsLast), places);
    }

    /// <summary>The numbers in the order in which the kernel reads them: [N,H,W,C] or [N,C,H,W].</summary>
    internal static Tensor Arrange(Tensor images, bool channelsLast)
    {
        if (!channelsLast) return images.contiguous();
        using Tensor turned = images.permute(0, 2, 3, 1);
        return turned.contiguous();
    }

    private static Tensor New(int n, int c, int height, int width, bool channelsLast) =>
        channelsLast ? empty([n, height, width, c]) : empty([n, c, height, width]);

    internal static Tensor InOrder(Tensor images, bool channelsLast)
    {
        if (!channelsLast) return images;
        using (images) return images.permute(0, 3, 1, 2);
    }

    /// <summary>Shares work over as many threads as libtorch may use; a little of it stays here.</summary>
    internal static void Share(int parts, int size, Action<int> work)
    {
        int threads = (long)parts * size < LeastShared ? 1 : Math.Min(get_num_threads(), parts);
        if (threads == 1)
        {
            for (int i = 0; i < parts; i++) work(i);
            return;
        }
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            for (int i = (int)((long)parts * t / threads), end = (int)((long)parts * (t + 1) / threads); i < end; i++) work(i);
        });
    }
}
