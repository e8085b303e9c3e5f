using DLExperiments.Errors;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>What batch normalisation in one, two and three dimensions shares: y = γ (x - μ) / √(σ² + ε) + β (Ioffe and Szegedy 2015).</summary>
public abstract class BatchNormLayer : ChannelNormLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>Sets PyTorch's defaults.</summary>
    protected BatchNormLayer()
        : base(affine: true, trackRunningStats: true)
    {
    }

    /// <inheritdoc/>
    protected sealed override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        bool batch = UsesOwnStatistics(context);
        if (batch && input.numel() == input.shape[1])
            throw new ExperimentException("BatchTooSmall", ErrorKind.InvalidOperation,
                $"{Type} '{context.Name}' needs more than one value per channel to normalise, but the batch has a single sample; "
                + "use a larger batch size, or one that does not leave a last batch of 1.", context.Name);
        if (batch) Count(context);
        return torch.nn.functional.batch_norm(input, context.Find("running_mean"), context.Find("running_var"),
            context.Find("weight"), context.Find("bias"), batch, Momentum, Eps);
    }

    /// <summary>Whether a pass normalises with the batch's statistics.</summary>
    /// <param name="context">The layer's context.</param>
    internal bool UsesBatch(LayerContext context) => UsesOwnStatistics(context);

    /// <summary>The layer, a ReLU and the pooling of 2x2 windows after it in one operation, where <see cref="NormPool2x2"/> takes the batch.</summary>
    /// <param name="context">The layer's context, in training.</param>
    /// <param name="input">The batch.</param>
    internal torch.Tensor Pool(LayerContext context, torch.Tensor input)
    {
        Count(context);
        BatchStatistics statistics = NormPool2x2.Measure(input, Eps);
        if (context.Find("running_mean") is { } means) statistics.Follow(means, context["running_var"], Momentum);
        return NormPool2x2.Pool(input, context["weight"], context["bias"], statistics, rectify: true);
    }

    private static void Count(LayerContext context)
    {
        if (context.Find("num_batches_tracked") is not { } count) return;
        using (torch.no_grad()) count.add_(1);
    }
}
