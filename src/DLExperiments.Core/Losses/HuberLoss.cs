using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Huber loss (Huber 1964, in PyTorch's scale): ½e² where |e| ≤ δ, else δ(|e| − ½δ).</summary>
[CatalogueEntry("Huber")]
public sealed class HuberLoss : NumberLoss
{
    /// <summary>Where the square becomes a line.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Delta { get; init; } = 1;

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.huber_loss(prediction, target, Delta, torch.nn.Reduction.None);

    /// <inheritdoc/>
    protected override torch.Tensor Mean(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.huber_loss(prediction, target, Delta, torch.nn.Reduction.Mean);
}
