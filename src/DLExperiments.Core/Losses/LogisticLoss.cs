using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Logistic loss on scores with targets of ±1: log(1 + exp(−t·x)).</summary>
[CatalogueEntry("Logistic")]
public sealed class LogisticLoss : SignLoss
{
    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.softplus(-(prediction * target));
}
