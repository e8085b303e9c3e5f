using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Evaluation;

/// <summary>Measures predictions: an object for each metric, with a confidence interval when asked for.</summary>
/// <remarks>
/// Takes what Invoke-Model writes, or any objects with Actual and Prediction (and Probabilities, a table by class). Predictions without
/// an Actual are left out. Metrics are names or hashtables with their settings: TopK, @{ Name = 'F1'; Average = 'Weighted' }.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Measure, "Prediction")]
[OutputType(typeof(MetricResult))]
public sealed class MeasurePredictionCommand : ExperimentCommand
{
    private readonly List<(object, object, IDictionary?)> rows = [];

    /// <summary>The predictions.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The metrics; by default Accuracy, F1 and, with probabilities, LogLoss of classes, and RMSE, MAE and R2 of numbers.</summary>
    [Parameter(Position = 0)]
    [CatalogueValue(typeof(Metric[]), "Metric")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <summary>Resamples of the rows for a 95 % confidence interval; 0, the default, for none.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int Bootstrap { get; set; }

    /// <summary>The seed of the resampling.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Gives an object for each class too, where the metric has any.</summary>
    [Parameter]
    public SwitchParameter PerClass { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is null) return;
        object? Read(string name) => CatalogueValueAttribute.Unwrap(InputObject.BaseObject is IDictionary table ? table[name] : InputObject.Properties[name]?.Value);
        if (Read("Actual") is not { } actual) return;
        rows.Add((actual, Read("Prediction") ?? throw new ExperimentException("MissingProperty", ErrorKind.InvalidData, "What was piped in has an Actual but no Prediction.", InputObject), Probabilities(InputObject)));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var predictions = new PredictionSet(rows);
        foreach (Metric metric in Metric ?? Usual()) WriteObject(metric.MeasureAll(predictions, PerClass, Bootstrap, Seed, Cancellation), enumerateCollection: true);
    }

    // The order of the classes is the model's, so the table is not copied.
    private static IDictionary? Probabilities(PSObject row)
    {
        object? value = row.BaseObject is IDictionary table ? table["Probabilities"] : row.Properties["Probabilities"]?.Value;
        return (value is PSObject wrapped ? wrapped.BaseObject : value) as IDictionary;
    }

    private Metric[] Usual() => rows.All(r => r.Item3 is null && r.Item1 is not string && PlotData.TryNumber(r.Item1, out _))
        ? [new RMSEMetric(), new MAEMetric(), new R2Metric()]
        : rows.All(r => r.Item3 is not null) ? [new AccuracyMetric(), new F1Metric(), new LogLossMetric()] : [new AccuracyMetric(), new F1Metric()];
}
