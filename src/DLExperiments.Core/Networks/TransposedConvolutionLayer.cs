using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>
/// What transposed ("up") convolutions in one, two and three dimensions share: a side of W points becomes one of
/// (W - 1)S - 2P + D(K - 1) + OutputPadding + 1.
/// </summary>
public abstract class TransposedConvolutionLayer : WeightedLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Reduced;

    /// <summary>How many output channels.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int OutChannels { get; init; }

    /// <summary>Size of the kernel: one number, or one for each dimension.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public required int[] KernelSize { get; init; }

    /// <summary>Distance of the input's points in the output: one number, or one for each dimension.</summary>
    [Range(1, int.MaxValue)]
    public int[] Stride { get; init; } = [1];

    /// <summary>How much of each edge is cut off: one number, or one for each dimension.</summary>
    [Range(0, int.MaxValue)]
    public int[] Padding { get; init; } = [0];

    /// <summary>Size added to the end of the output, less than the stride or the dilation: one number, or one for each dimension.</summary>
    [Range(0, int.MaxValue)]
    public int[] OutputPadding { get; init; } = [0];

    /// <summary>Distance between the kernel's points: one number, or one for each dimension.</summary>
    [Range(1, int.MaxValue)]
    public int[] Dilation { get; init; } = [1];

    /// <summary>How many groups the channels fall into.</summary>
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
        int[] kernel = Kernel, stride = Expand(Stride, nameof(Stride)), padding = Expand(Padding, nameof(Padding));
        int[] extra = Expand(OutputPadding, nameof(OutputPadding)), dilation = Expand(Dilation, nameof(Dilation));
        int Size(int i)
        {
            if (extra[i] >= Math.Max(stride[i], dilation[i]))
                throw new ShapeException($"wants an OutputPadding less than its stride or dilation, got {extra[i]} for stride {stride[i]}.");
            int size = ((input[i + 1] - 1) * stride[i]) - (2 * padding[i]) + (dilation[i] * (kernel[i] - 1)) + extra[i] + 1;
            return size >= 1 ? size : throw new ShapeException($"wants an input that its padding of {padding[i]} leaves something of, got {input}.");
        }
        return new Shape([OutChannels, .. Enumerable.Range(0, Dimensions).Select(Size)]);
    }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        int[] kernel = Kernel;
        int perGroup = OutChannels / Groups, window = kernel.Aggregate(1, (product, size) => product * size);
        // PyTorch takes the fans from the weight's shape [in,out/groups,...], so fan-in counts output channels here.
        return WeightAndBias(new Shape([input[0], perGroup, .. kernel]), OutChannels, fanIn: perGroup * window, fanOut: input[0] * window);
    }

    /// <inheritdoc/>
    protected sealed override long CountMultiplyAdds(Shape input, Shape output) =>
        (long)input.ElementCount * (OutChannels / Groups) * Kernel.Aggregate(1L, (product, size) => product * size);

    /// <inheritdoc/>
    protected sealed override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        Convolve(input, context["weight"], context.Find("bias"), Long(Stride), Long(Padding), Long(OutputPadding), Long(Dilation));

    /// <summary>Calls libtorch's transposed convolution of the layer's dimensions.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="weight">The filters.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="stride">Strides.</param>
    /// <param name="padding">How much of each edge is cut off.</param>
    /// <param name="outputPadding">Sizes added to the end.</param>
    /// <param name="dilation">Dilations.</param>
    protected abstract torch.Tensor Convolve(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] outputPadding, long[] dilation);

    private int[] Kernel => Expand(KernelSize, nameof(KernelSize));

    private int[] Expand(int[] sizes, string setting) => SlidingWindow.Expand(sizes, Dimensions, setting);

    private long[] Long(int[] sizes) => SlidingWindow.ToLong(Expand(sizes, "each of its settings"));
}
