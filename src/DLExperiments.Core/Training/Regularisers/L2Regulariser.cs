using DLExperiments.Catalogues;
using DLExperiments.Networks.Torch;

namespace DLExperiments.Training.Regularisers;

/// <summary>λ‖w‖₂², with gradient 2λw: with plain SGD the same as a weight decay of 2λ (on weights only).</summary>
[CatalogueEntry("L2", "Ridge")]
public sealed class L2Regulariser : WeightPenalty
{
    internal override (double First, double Second, bool IsProximal)? Norms => (0, Lambda, false);

    internal override PenaltyTerm Start(TorchNetwork network) => new NormTerm(network, this);
}
