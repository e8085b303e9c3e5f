using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>What instance normalisation in one, two and three dimensions shares: each channel of each sample by its own mean and variance.</summary>
public abstract class InstanceNormLayer : ChannelNormLayer
{
    /// <summary>Sets PyTorch's defaults: no scale and shift, no running statistics.</summary>
    protected InstanceNormLayer()
        : base(affine: false, trackRunningStats: false)
    {
    }

    /// <summary>How many spatial dimensions the layer has.</summary>
    protected abstract int Dimensions { get; }

    /// <inheritdoc/>
    protected sealed override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, Dimensions);
        return input.ElementCount > input[0] ? input : throw new ShapeException($"wants more than one value per channel, got {input}.");
    }

    /// <inheritdoc/>
    protected sealed override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.instance_norm(input, context.Find("running_mean"), context.Find("running_var"),
            context.Find("weight"), context.Find("bias"), UsesOwnStatistics(context), Momentum, Eps);
}
