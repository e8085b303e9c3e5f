using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// Focal loss of yes/no answers, on logits (Lin et al. 2017): −α(1−p)^γ·log p, where p is the probability of what is true; α stands for class 1 and
/// 1−α for class 0. Targets are classes of two, or numbers from 0 to 1.
/// </summary>
[CatalogueEntry("BinaryFocal", "SigmoidFocal")]
public sealed class BinaryFocalLoss : BinaryLoss
{
    /// <summary>How little an easy example counts: γ.</summary>
    [Range(0.0, double.MaxValue)]
    public double Gamma { get; init; } = 2;

    /// <summary>The weight α of class 1, 0 to 1; −1 for equal weights of 1.</summary>
    [Range(-1.0, 1.0)]
    public double Alpha { get; init; } = 0.25;

    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Sigmoid;

    /// <inheritdoc/>
    private protected override float Threshold => 0.5f;

    /// <inheritdoc/>
    public override string? Encode(ref float value, TargetLayout layout) => value is >= 0 and <= 1 ? null : "numbers from 0 to 1";

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target)
    {
        torch.Tensor probability = prediction.sigmoid(), truth = probability * target + (1 - probability) * (1 - target);
        torch.Tensor loss = torch.nn.functional.binary_cross_entropy_with_logits(prediction, target, reduction: torch.nn.Reduction.None) * (1 - truth).pow(Gamma);
        return Alpha < 0 ? loss : loss * (Alpha * target + (1 - Alpha) * (1 - target));
    }
}
