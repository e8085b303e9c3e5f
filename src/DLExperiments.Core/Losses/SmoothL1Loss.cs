using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Smooth L1 loss (Girshick 2015): ½e²/β where |e| &lt; β, else |e| − ½β.</summary>
[CatalogueEntry("SmoothL1")]
public sealed class SmoothL1Loss : NumberLoss
{
    /// <summary>Where the square becomes a line.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Beta { get; init; } = 1;

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.smooth_l1_loss(prediction, target, torch.nn.Reduction.None, Beta);

    /// <inheritdoc/>
    protected override torch.Tensor Mean(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.smooth_l1_loss(prediction, target, torch.nn.Reduction.Mean, Beta);
}
