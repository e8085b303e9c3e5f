using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Mean absolute error: |x − t|.</summary>
[CatalogueEntry("MAE", "L1", "MeanAbsoluteError")]
public sealed class MeanAbsoluteErrorLoss : NumberLoss
{
    /// <inheritdoc/>
    public override string DefaultMetric => "MAE";

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.l1_loss(prediction, target, torch.nn.Reduction.None);

    /// <inheritdoc/>
    protected override torch.Tensor Mean(torch.Tensor prediction, torch.Tensor target) =>
        torch.nn.functional.l1_loss(prediction, target);
}
