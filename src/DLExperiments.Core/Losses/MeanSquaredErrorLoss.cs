using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Mean squared error: (x − t)².</summary>
[CatalogueEntry("MSE", "MeanSquaredError", "L2")]
public sealed class MeanSquaredErrorLoss : NumberLoss
{
    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.mse_loss(prediction, target, torch.nn.Reduction.None);

    /// <inheritdoc/>
    protected override torch.Tensor Mean(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.mse_loss(prediction, target);
}
