using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// Dice loss of maps of classes, on logits (Milletari et al. 2016): 1 − (2·Σpt + s)/(Σp + Σt + s) over the positions of a row with p = softmax(output), for each
/// class, averaged over the classes (ClassWeights weigh them) and the rows. It cares little for how many positions a class has.
/// </summary>
[CatalogueEntry("Dice")]
public sealed class DiceLoss : ClassLoss
{
    /// <summary>s, which keeps the quotient finite for a class that neither occurs nor is predicted.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Smooth { get; init; } = 1;

    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Softmax;

    /// <inheritdoc/>
    public override torch.Tensor? TotalWeight(torch.Tensor target, torch.Tensor? sampleWeight) => sampleWeight?.sum();

    /// <inheritdoc/>
    internal override double WeightOf(ReadOnlySpan<float> targets, TargetLayout layout) => 1;

    /// <inheritdoc/>
    public override torch.Tensor Compute(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight = null)
    {
        RequireOneARow();
        torch.Tensor p = torch.nn.functional.softmax(prediction, 1), t = target;
        p = p.reshape(p.shape[0], p.shape[1], -1);
        if (!target.is_floating_point()) t = torch.nn.functional.one_hot(target.view(p.shape[0], -1), p.shape[1]).transpose(1, 2).to(p.dtype);
        t = t.reshape(p.shape);
        torch.Tensor classes = 1 - (2 * (p * t).sum([2]) + Smooth) / (p.sum([2]) + t.sum([2]) + Smooth);
        torch.Tensor rows = ClassWeights is null ? classes.mean([1]) : (classes * WeightsLike(p)).sum([1]) / ClassWeights.Sum();
        if (IsSum) return (sampleWeight is null ? rows : rows * sampleWeight).sum();
        return sampleWeight is null ? rows.mean() : Divide((rows * sampleWeight).sum(), sampleWeight.sum());
    }
}
