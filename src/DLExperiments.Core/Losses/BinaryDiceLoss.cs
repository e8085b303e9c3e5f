using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// Dice loss of masks of yes/no answers, on logits (Milletari et al. 2016): 1 − (2·Σpt + s)/(Σp + Σt + s) over a row with p = σ(output), averaged over the rows.
/// Targets are classes of two, or numbers from 0 to 1.
/// </summary>
[CatalogueEntry("BinaryDice")]
public sealed class BinaryDiceLoss : BinaryLoss
{
    /// <summary>s, which keeps the quotient finite where there is nothing and nothing is predicted.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Smooth { get; init; } = 1;

    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Sigmoid;

    /// <inheritdoc/>
    private protected override float Threshold => 0.5f;

    /// <inheritdoc/>
    public override string? Encode(ref float value, TargetLayout layout) => value is >= 0 and <= 1 ? null : "numbers from 0 to 1";

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target)
    {
        RequireOneARow();
        torch.Tensor p = prediction.sigmoid().flatten(1), t = target.flatten(1);
        return 1 - (2 * (p * t).sum([1]) + Smooth) / (p.sum([1]) + t.sum([1]) + Smooth);
    }
}
