using DLExperiments.Catalogues;
using DLExperiments.Networks.Torch;

namespace DLExperiments.Training.Regularisers;

/// <summary>λ‖w‖₁, by its subgradient λ·sign(w), or exactly: with -Proximal every step ends with soft-thresholding, which makes weights 0.</summary>
[CatalogueEntry("L1", "Lasso")]
public sealed class L1Regulariser : WeightPenalty
{
    /// <summary>Whether w becomes sign(w)·max(|w| − ηλ, 0) after each step (proximal gradient, ISTA with plain SGD) instead of following the subgradient.</summary>
    public bool Proximal { get; init; }

    internal override (double First, double Second, bool IsProximal)? Norms => (Lambda, 0, Proximal);

    internal override PenaltyTerm Start(TorchNetwork network) => new NormTerm(network, this);
}
