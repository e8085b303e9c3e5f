using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>What convolutions in one, two and three dimensions share.</summary>
public abstract class ConvolutionLayer : WeightedLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Reduced;

    /// <summary>How many output channels: the number of filters.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int OutChannels { get; init; }

    /// <summary>Size of the kernel: one number, or one for each dimension.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public required int[] KernelSize { get; init; }

    /// <summary>Step of the window: one number, or one for each dimension.</summary>
    [Range(1, int.MaxValue)]
    public int[] Stride { get; init; } = [1];

    /// <summary>Padding of each edge: one number, one for each dimension, 'same' or 'valid'.</summary>
    public ConvolutionPadding Padding { get; init; } = new(0);

    /// <summary>What is beyond the edge.</summary>
    public PaddingMode PaddingMode { get; init; }

    /// <summary>Distance between the kernel's points: one number, or one for each dimension.</summary>
    [Range(1, int.MaxValue)]
    public int[] Dilation { get; init; } = [1];

    /// <summary>How many groups the channels fall into; as many as input channels makes a depthwise convolution.</summary>
    [Range(1, int.MaxValue)]
    public int Groups { get; init; } = 1;

    /// <summary>How many spatial dimensions the layer has.</summary>
    protected abstract int Dimensions { get; }

    /// <inheritdoc/>
    protected sealed override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, Dimensions);
        if (input[0] % Groups != 0 || OutChannels % Groups != 0)
            throw new ShapeException($"wants input and output channels that {Groups} groups divide, got {input[0]} in and {OutChannels} out.");
        int[] kernel = Kernel(), stride = SlidingWindow.Expand(Stride, Dimensions, nameof(Stride)), dilation = Dilations();
        if (Padding.IsSame && stride.Any(s => s != 1))
            throw new ShapeException($"wants a stride of 1 with the padding 'same', got {string.Join(",", stride)}.");
        (int Before, int After)[] padding = Padding.Expand(kernel, dilation);
        int[] sizes = [OutChannels, .. kernel.Select((k, i) =>
        {
            RequireRoom(input[i + 1], padding[i].After);
            return SlidingWindow.OutputSize(input[i + 1], k, stride[i], dilation[i], padding[i], roundUp: false, input);
        })];
        return new Shape(sizes);
    }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        int[] kernel = Kernel();
        int window = kernel.Aggregate(1, (product, size) => product * size);
        int perGroup = input[0] / Groups;
        return WeightAndBias(new Shape([OutChannels, perGroup, .. kernel]), OutChannels, fanIn: perGroup * window, fanOut: OutChannels * window);
    }

    /// <inheritdoc/>
    protected sealed override long CountMultiplyAdds(Shape input, Shape output) =>
        (long)output.ElementCount * (input[0] / Groups) * Kernel().Aggregate(1L, (product, size) => product * size);

    /// <inheritdoc/>
    protected sealed override torch.Tensor Forward(LayerContext context, torch.Tensor input) => Convolve(input, context["weight"], context.Find("bias"), Groups);

    /// <summary>Pads and convolves with given filters, which may be those of several layers of the same settings side by side.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="weight">The filters.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="groups">How many groups the channels fall into.</param>
    internal torch.Tensor Convolve(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, int groups)
    {
        int[] dilation = Dilations();
        (int Before, int After)[] padding = Padding.Expand(Kernel(), dilation);
        long[] symmetric = [.. padding.Select(p => (long)p.Before)];
        if (PaddingMode != PaddingMode.Zeros || padding.Any(p => p.Before != p.After))
        {
            // libtorch lists the edges from the last dimension to the first.
            long[] edges = [.. Enumerable.Reverse(padding).SelectMany(p => new long[] { p.Before, p.After })];
            input = torch.nn.functional.pad(input, edges, ToLibTorch(PaddingMode));
            Array.Clear(symmetric);
        }
        return Convolve(input, weight, bias, SlidingWindow.ToLong(SlidingWindow.Expand(Stride, Dimensions, nameof(Stride))), symmetric, SlidingWindow.ToLong(dilation), groups);
    }

    /// <summary>Calls libtorch's convolution of the layer's dimensions.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="weight">The filters.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="stride">Strides.</param>
    /// <param name="padding">Zero padding of both edges.</param>
    /// <param name="dilation">Dilations.</param>
    /// <param name="groups">How many groups the channels fall into.</param>
    protected abstract torch.Tensor Convolve(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] dilation, int groups);

    private int[] Kernel() => SlidingWindow.Expand(KernelSize, Dimensions, nameof(KernelSize));

    private int[] Dilations() => SlidingWindow.Expand(Dilation, Dimensions, nameof(Dilation));

    private void RequireRoom(int size, int padding)
    {
        if (PaddingMode == PaddingMode.Reflect && padding >= size)
            throw new ShapeException($"wants a reflection padding smaller than the input, got {padding} for a side of {size}.");
        if (PaddingMode == PaddingMode.Circular && padding > size)
            throw new ShapeException($"wants a circular padding no larger than the input, got {padding} for a side of {size}.");
    }

    private static PaddingModes ToLibTorch(PaddingMode mode) => mode switch
    {
        PaddingMode.Reflect => PaddingModes.Reflect,
        PaddingMode.Replicate => PaddingModes.Replicate,
        PaddingMode.Circular => PaddingModes.Circular,
        _ => PaddingModes.Constant,
    };
}
