using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Transposed ("up") convolution of images: [C,H,W] becomes [OutChannels,H',W'] with H' = (H - 1)S - 2P + D(K - 1) + OutputPadding + 1.
/// </summary>
[CatalogueEntry("ConvTranspose2d")]
public sealed class ConvTranspose2dLayer : WeightedLayer
{
    /// <inheritdoc/>
    public override bool PrefersChannelsLast => true;

    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Reduced;

    /// <summary>How many output channels.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int OutChannels { get; init; }

    /// <summary>Size of the kernel: one number, or height and width.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public required int[] KernelSize { get; init; }

    /// <summary>Distance of the input's points in the output: one number, or height and width.</summary>
    [Range(1, int.MaxValue)]
    public int[] Stride { get; init; } = [1];

    /// <summary>How much of each edge is cut off: one number, or height and width.</summary>
    [Range(0, int.MaxValue)]
    public int[] Padding { get; init; } = [0];

    /// <summary>Size added to the end of the output, less than the stride or the dilation: one number, or height and width.</summary>
    [Range(0, int.MaxValue)]
    public int[] OutputPadding { get; init; } = [0];

    /// <summary>Distance between the kernel's points: one number, or height and width.</summary>
    [Range(1, int.MaxValue)]
    public int[] Dilation { get; init; } = [1];

    /// <summary>How many groups the channels fall into.</summary>
    [Range(1, int.MaxValue)]
    public int Groups { get; init; } = 1;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        if (input[0] % Groups != 0 || OutChannels % Groups != 0)
            throw new ShapeException($"wants input and output channels that {Groups} groups divide, got {input[0]} in and {OutChannels} out.");
        int[] kernel = Expand(KernelSize), stride = Expand(Stride), padding = Expand(Padding), extra = Expand(OutputPadding), dilation = Expand(Dilation);
        int[] sizes = [0, 0];
        for (int i = 0; i < 2; i++)
        {
            if (extra[i] >= Math.Max(stride[i], dilation[i]))
                throw new ShapeException($"wants an OutputPadding less than its stride or dilation, got {extra[i]} for stride {stride[i]}.");
            sizes[i] = ((input[i + 1] - 1) * stride[i]) - (2 * padding[i]) + (dilation[i] * (kernel[i] - 1)) + extra[i] + 1;
            if (sizes[i] < 1) throw new ShapeException($"wants an input that its padding of {padding[i]} leaves something of, got {input}.");
        }
        return new Shape([OutChannels, .. sizes]);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        int[] kernel = Expand(KernelSize);
        int perGroup = OutChannels / Groups, window = kernel[0] * kernel[1];
        // PyTorch takes the fans from the weight's shape [in,out/groups,h,w], so fan-in counts output channels here.
        return WeightAndBias(new Shape([input[0], perGroup, .. kernel]), OutChannels, fanIn: perGroup * window, fanOut: input[0] * window);
    }

    /// <inheritdoc/>
    protected override long CountMultiplyAdds(Shape input, Shape output) =>
        (long)input.ElementCount * (OutChannels / Groups) * Expand(KernelSize).Aggregate(1L, (product, size) => product * size);

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.conv_transpose2d(input, context["weight"], context.Find("bias"), Long(Stride), Long(Padding), Long(OutputPadding), Long(Dilation), Groups);

    private static int[] Expand(int[] sizes) => SlidingWindow.Expand(sizes, 2, "each of its settings");

    private static long[] Long(int[] sizes) => SlidingWindow.ToLong(Expand(sizes));
}
