using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Commands.Models;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Models;

namespace DLExperiments.Commands.Evaluation;

/// <summary>Measures a model on a data set: the loss and the usual measures of its task.</summary>
/// <remarks>
/// For a classifier these are accuracy, precision, recall and F1 (over all classes, and for each in the property Classes) and the
/// confusion matrix; for a regressor MSE, RMSE, MAE, MAPE and R2. Means are weighted by rows, and layers such as Dropout are in
/// evaluation mode. Each output of a model with several is measured by itself. What has no target to compare with (Siamese, Autoencoder,
/// Custom) is measured as after each epoch of its training. -Metric adds any other measure.
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
    [DatasetValue]
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

    /// <summary>More metrics, in the property Metrics: names, or hashtables with their settings. Get-MetricType lists them.</summary>
    [Parameter]
    [CatalogueValue(typeof(Metric[]), "Metric")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Metric>))]
    public Metric[] Metric { get; set; } = [];

    /// <summary>Gives the metrics of each class too, where they have any.</summary>
    [Parameter]
    public SwitchParameter PerClass { get; set; }

    /// <summary>Resamples of the rows for a 95 % confidence interval of the metrics; 0, the default, for none.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int Bootstrap { get; set; }

    /// <summary>The seed of the resampling.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(
        Measurer.MeasureAll(Model, Dataset.Test ?? Dataset, Loss, Output.Length == 0 ? null : Output, BatchSize == 0 ? null : BatchSize, Cancellation,
        Metric.Length == 0 ? null : new MetricRequest(Metric) { PerClass = PerClass, Resamples = Bootstrap, Seed = Seed }), enumerateCollection: true);
}
