using System.Collections;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Plots;
using DLExperiments.Training;

namespace DLExperiments.Reports.Documents;

/// <summary>What came through the pipeline, sorted by what it is.</summary>
internal sealed class ReportItems
{
    internal ReportItems(PlotData data)
    {
        Data = data;
        foreach (object item in data.Items)
        {
            if (item is FileInfo or string) Pictures.Add(item is FileInfo file ? file.FullName : (string)item);
            else if (data.Value(item, "History") is IEnumerable and not string) Runs.Add(item);
            else if (item is ModelMeasure measure) Measures.Add(measure);
            else if (item is Dataset set) Datasets.Add(set);
            else if (data.Value(item, "Epoch") is not null && data.Value(item, "TrainingLoss") is not null) Epochs.Add(item);
            else if (data.Value(item, "Prediction") is not null) Predictions.Add(item);
            else Others.Add(item);
        }
        Runs.Sort((a, b) => Score(a).CompareTo(Score(b)));
    }

    internal PlotData Data { get; }

    /// <summary>Runs, the best first: those with the lowest validation loss, or training loss where there is none.</summary>
    internal List<object> Runs { get; } = [];

    internal List<ModelMeasure> Measures { get; } = [];

    internal List<Dataset> Datasets { get; } = [];

    internal List<object> Epochs { get; } = [];

    internal List<object> Predictions { get; } = [];

    /// <summary>Paths of SVG and PNG files.</summary>
    internal List<string> Pictures { get; } = [];

    internal List<object> Others { get; } = [];

    internal TrainingResult? Best => Runs.OfType<TrainingResult>().FirstOrDefault();

    /// <summary>The other objects in tables: those with the same properties together.</summary>
    internal IEnumerable<(string Name, List<object> Rows)> Tables => Others
        .GroupBy(o => o is IDictionary ? string.Join(',', Data.Names(o)) : TypeOf(o) ?? string.Join(',', Data.Names(o)))
        .Select(g => (TypeOf(g.First()) is { } type ? Plural(type) : "Table", g.ToList()));

    internal PlotData With(IEnumerable<object> items) => new(items, Data.Value, Data.Names);

    private double Score(object run) =>
        PlotData.TryNumber(Data.Value(run, "BestValidationLoss"), out double loss) && !double.IsNaN(loss) ? loss
        : PlotData.TryNumber(Data.Value(run, "BestTrainingLoss"), out loss) && !double.IsNaN(loss) ? loss : double.PositiveInfinity;

    private static string? TypeOf(object item) => item switch
    {
        ExperimentComparison => "Comparison",
        _ when item.GetType().Namespace?.StartsWith("DLExperiments", StringComparison.Ordinal) == true => item.GetType().Name,
        _ => null,
    };

    private static string Plural(string type) => string.Concat(type.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())) + "s";
}
