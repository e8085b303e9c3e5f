using DLExperiments.Errors;
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
        if (batch && context.Find("num_batches_tracked") is { } count)
        {
            using (torch.no_grad()) count.add_(1);
        }
        return torch.nn.functional.batch_norm(input, context.Find("running_mean"), context.Find("running_var"),
            context.Find("weight"), context.Find("bias"), batch, Momentum, Eps);
    }
}
