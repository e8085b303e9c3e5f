using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Torch;

namespace DLExperiments.Training.Regularisers;

/// <summary>λ(a‖w‖₁ + b‖w‖₂²) (Zou, Hastie 2005).</summary>
[CatalogueEntry("ElasticNet")]
public sealed class ElasticNetRegulariser : WeightPenalty
{
    /// <summary>The factor a of the first norm.</summary>
    [Range(0.0, double.MaxValue)]
    public double L1Factor { get; init; } = 1;

    /// <summary>The factor b of the squared second norm.</summary>
    [Range(0.0, double.MaxValue)]
    public double L2Factor { get; init; } = 1;

    /// <summary>Whether the first norm acts by soft-thresholding after each step, which makes weights 0, instead of by its subgradient.</summary>
    public bool Proximal { get; init; }

    internal override (double First, double Second, bool IsProximal)? Norms => (Lambda * L1Factor, Lambda * L2Factor, Proximal);

    internal override PenaltyTerm Start(TorchNetwork network) => new NormTerm(network, this);
}
