using DLExperiments.Data;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>A loss that compares each output with a target of its own, or a whole row of them, and takes the mean over all.</summary>
public abstract class ElementwiseLoss : Loss
{
    /// <summary>Mean over all outputs of all rows, BatchMean (the sum over the outputs of a row, the mean over rows) or Sum over all.</summary>
    public LossReduction Reduction { get; init; }

    /// <inheritdoc/>
    public override bool IsMean => Reduction == LossReduction.Mean;

    /// <inheritdoc/>
    public sealed override bool IsSum => Reduction == LossReduction.Sum;

    /// <inheritdoc/>
    public sealed override torch.Tensor Compute(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight = null)
    {
        if (sampleWeight is null && IsMean) return Mean(prediction, target);
        torch.Tensor rows = Rows(prediction, target);
        if (IsSum) return (sampleWeight is null ? rows : rows * sampleWeight).sum();
        return sampleWeight is null ? rows.mean() : Divide((rows * sampleWeight).sum(), sampleWeight.sum());
    }

    /// <inheritdoc/>
    internal sealed override torch.Tensor ComputeEach(torch.Tensor prediction, torch.Tensor target, int models)
    {
        torch.Tensor rows = Rows(prediction.reshape(target.shape), target).view(models, -1);
        return IsSum ? rows.sum([1]) : rows.mean([1]);
    }

    /// <summary>The loss of every output, in the shape of the prediction; or of every row, [batch], where a row has only one.</summary>
    /// <param name="prediction">The outputs.</param>
    /// <param name="target">Targets of the same shape.</param>
    protected abstract torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target);

    /// <summary>The mean over all outputs; overridden where libtorch has it as one operation.</summary>
    /// <param name="prediction">The outputs.</param>
    /// <param name="target">Targets of the same shape.</param>
    protected virtual torch.Tensor Mean(torch.Tensor prediction, torch.Tensor target) => Elements(prediction, target).mean();

    /// <summary>The loss of every row.</summary>
    private torch.Tensor Rows(torch.Tensor prediction, torch.Tensor target)
    {
        torch.Tensor losses = Elements(prediction, target);
        return losses.dim() == 1 ? losses : IsMean ? losses.flatten(1).mean([1]) : losses.flatten(1).sum([1]);
    }

    private protected void CheckWidth(Shape output, Dataset data)
    {
        IReadOnlyList<DataColumn> targets = TargetsOf(data);
        int width = targets.Sum(t => t.ItemShape.ElementCount);
        if (width != output.ElementCount)
            throw OutputError($"the network's output {output} has {output.ElementCount} number(s), the target "
                + $"{string.Join(", ", targets.Select(t => $"'{t.Name}'"))} has {width}; end the network with {width} output(s).", output);
    }
}
