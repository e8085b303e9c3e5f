using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>The negative peak signal-to-noise ratio in decibels, 10·log₁₀(MSE/range²) of each row, averaged over the rows.</summary>
[CatalogueEntry("PSNR")]
public sealed class PsnrLoss : NumberLoss
{
    private const double PerDecibel = 10 / 2.302585092994046;

    /// <summary>The greatest minus the least possible value, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; init; } = 1;

    /// <summary>What is added to MSE/range², so that the loss is finite where a row is right: the least is 10·log₁₀(ε).</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-10;

    /// <inheritdoc/>
    public override string DefaultMetric => "PSNR";

    /// <inheritdoc/>
    private protected override void CheckOutput(Shape output) => RequireOneARow();

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        ((prediction - target).square().flatten(1).mean([1]) / (DataRange * DataRange) + Eps).log() * PerDecibel;
}
