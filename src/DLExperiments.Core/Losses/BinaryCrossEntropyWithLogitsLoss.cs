using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// Binary cross-entropy on logits: −[p·t·log σ(x) + (1−t)·log(1−σ(x))] with the positive weight p, one output for each target.
/// Targets are classes of two, or numbers from 0 to 1.
/// </summary>
[CatalogueEntry("BCEWithLogits", "BinaryCrossEntropy")]
public sealed class BinaryCrossEntropyWithLogitsLoss : BinaryLoss
{
    /// <summary>How much more a positive target weighs than a negative one.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double PositiveWeight { get; init; } = 1;

    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Sigmoid;

    /// <inheritdoc/>
    private protected override float Threshold => 0.5f;

    /// <inheritdoc/>
    public override string? Encode(ref float value, TargetLayout layout) => value is >= 0 and <= 1 ? null : "numbers from 0 to 1";

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) => Apply(prediction, target, torch.nn.Reduction.None);

    /// <inheritdoc/>
    protected override torch.Tensor Mean(torch.Tensor prediction, torch.Tensor target) => Apply(prediction, target, torch.nn.Reduction.Mean);

    private torch.Tensor Apply(torch.Tensor prediction, torch.Tensor target, torch.nn.Reduction reduction)
    {
        torch.Tensor? positive = PositiveWeight == 1 ? null : torch.tensor(PositiveWeight, dtype: prediction.dtype, device: prediction.device);
        return torch.nn.functional.binary_cross_entropy_with_logits(prediction, target, weight: null, reduction, positive);
    }
}
