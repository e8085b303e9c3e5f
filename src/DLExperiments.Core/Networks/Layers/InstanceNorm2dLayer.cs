using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Normalises each channel of each image [C,H,W] by its own mean and variance (Ulyanov, Vedaldi, Lempitsky 2016).</summary>
[CatalogueEntry("InstanceNorm2d")]
public sealed class InstanceNorm2dLayer : ChannelNormLayer
{
    /// <summary>Makes the layer with PyTorch's defaults: no scale and shift, no running statistics.</summary>
    public InstanceNorm2dLayer()
        : base(affine: false, trackRunningStats: false)
    {
    }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        return input[1] * input[2] > 1 ? input : throw new ShapeException($"wants more than one value per channel, got {input}.");
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.instance_norm(input, context.Find("running_mean"), context.Find("running_var"),
            context.Find("weight"), context.Find("bias"), UsesOwnStatistics(context), Momentum, Eps);
}
