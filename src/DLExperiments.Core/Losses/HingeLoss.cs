using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Hinge loss on scores with targets of ±1: max(0, 1 − t·x).</summary>
[CatalogueEntry("Hinge")]
public sealed class HingeLoss : SignLoss
{
    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.relu(1 - prediction * target);
}
