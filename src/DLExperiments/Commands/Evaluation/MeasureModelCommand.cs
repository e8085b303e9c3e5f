using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Models;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Models;

namespace DLExperiments.Commands.Evaluation;

/// <summary>Measures a model on a data set: the loss and the usual measures of its task.</summary>
/// <remarks>
/// For a classifier these are accuracy, precision, recall and F1 (over all classes, and for each in the property Classes) and the
/// confusion matrix; for a regressor MSE, RMSE, MAE, MAPE and R2. Means are weighted by rows, and layers such as Dropout are in
/// evaluation mode. Each output of a model with several is measured by itself. What has no target to compare with (Siamese, Autoencoder,
/// Custom) is measured as after each epoch of its training.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Measure, "Model")]
[OutputType(typeof(ClassificationMeasure), typeof(RegressionMeasure), typeof(ObjectiveMeasure))]
public sealed class MeasureModelCommand : ExperimentCommand
{
    /// <summary>The model, or what carries one: the result of a training.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ModelValue]
    public Model Model { get; set; } = null!;

    /// <summary>The data, with targets: one piece of a split data set, or a whole one; of a split one the Test piece is measured.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>The loss to report, in place of the one that the model was trained with: a name, or a hashtable with a Name.</summary>
    [Parameter]
    [CatalogueValue(typeof(Loss), "Loss")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Loss>))]
    public Loss? Loss { get; set; }

    /// <summary>Outputs to measure; all that were trained by default, but for auxiliary ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Output { get; set; } = [];

    /// <summary>Rows at a time; by default as many as fit well. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(
        Measurer.MeasureAll(Model, Dataset.Test ?? Dataset, Loss, Output.Length == 0 ? null : Output, BatchSize == 0 ? null : BatchSize, Cancellation), enumerateCollection: true);
}
