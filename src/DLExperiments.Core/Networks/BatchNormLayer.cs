using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>What batch normalisation in one and two dimensions shares: y = γ (x - μ) / √(σ² + ε) + β (Ioffe and Szegedy 2015).</summary>
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
        torch.Tensor? mean = context.Find("running_mean"), variance = context.Find("running_var");
        if (!batch || mean is null || variance is null)
            return torch.nn.functional.batch_norm(input, mean, variance, context.Find("weight"), context.Find("bias"), batch, Momentum, Eps);
        // Buffers may be views of one tensor, whose changes autograd counts together: it would refuse the gradient of this layer once another
        // one's statistics have moved. So autograd sees copies, which the call moves, and the buffers take their values.
        (torch.Tensor movedMean, torch.Tensor movedVariance) = (mean.clone(), variance.clone());
        torch.Tensor output = torch.nn.functional.batch_norm(input, movedMean, movedVariance, context.Find("weight"), context.Find("bias"), batch, Momentum, Eps);
        using (torch.no_grad())
        {
            mean.copy_(movedMean);
            variance.copy_(movedVariance);
        }
        return output;
    }
}
