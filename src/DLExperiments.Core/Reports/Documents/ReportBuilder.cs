using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Plots;
using DLExperiments.Training;

namespace DLExperiments.Reports.Documents;

/// <summary>Makes the sections of a report.</summary>
internal sealed class ReportBuilder(ReportItems items, ReportSettings settings, CancellationToken cancellation)
{
    private static readonly string[] Standard = ["Introduction", "Method", "Results", "Examples", "Discussion", "Conclusion"];

    // A longer diagram is a page of its own.
    private const int MostLayersDrawn = 10;

    // What a page that counts can do without: Reproduction says most of it.
    private static readonly string[] Technical = ["Shuffle", "Device", "Engine", "Precision", "MemoryFormat", "Threads", "BatchParts", "ParameterCount"];

    private readonly ReportTables tables = new(items, settings.Layout);
    private readonly ReportFigures figures = new(items, settings.Layout);

    private bool IsInterim => settings.Layout == ReportLayout.Interim;

    private Dataset? Shown => settings.Data is { } data ? data.Test ?? data.Validation ?? data : null;

    internal IReadOnlyList<ReportSection> Build()
    {
        RowPrediction[] predictions = Predict();
        List<ReportSection> sections =
        [
            Section("Introduction", []),
            Section("Method", Method()),
            Section("Results", Results()),
            Section("Examples", IsInterim ? [] : Examples(predictions)),
            Section("Discussion", []),
            Section("Conclusion", []),
            .. settings.Texts.Where(t => !Standard.Contains(t.Section, StringComparer.OrdinalIgnoreCase)).Select(t => Section(t.Section, [])),
            Section("Reproduction", Reproduction()),
        ];
        return [.. sections.Where(s => s.Blocks.Count > 0)];
    }

    private ReportSection Section(string title, IEnumerable<ReportBlock> blocks) =>
        new(title, [.. settings.Texts.Where(t => t.Section.Equals(title, StringComparison.OrdinalIgnoreCase)).SelectMany(t => t.Paragraphs).Select(p => new ParagraphBlock(p)), .. blocks]);

    private IEnumerable<ReportBlock> Method()
    {
        if (items.Runs.Count > 0)
        {
            IReadOnlyDictionary<string, string> best = RunSettings.Read(items.Data, items.Runs[0]);
            (string[] differing, _) = RunSettings.Differences(items.Data, items.Runs);
            IEnumerable<(string, string)> shown = best.Where(s => s.Value.Length > 0 && s.Value is not ("False" or "Auto") && !differing.Contains(s.Key) && !(settings.Layout != ReportLayout.Full && Technical.Contains(s.Key))).Select(s => (s.Key, s.Value));
            if (differing.Length > 0) shown = shown.Append(("Varied", string.Join(", ", differing.Concat(Seeds() > 1 ? [$"Seed ({Seeds()})"] : Array.Empty<string>()))));
            yield return new FactsBlock([.. shown]);
        }
        foreach (Dataset data in items.Datasets.Append(settings.Data).OfType<Dataset>().Distinct()) yield return Facts(data);
        if (IsInterim || items.Best is not { } run) yield break;
        TableBlock layers = tables.Layers(run.Model.Network);
        yield return run.Model.Network.Layers.Length > MostLayersDrawn ? layers : new RowBlock(layers, figures.Network(run));
    }

    private IEnumerable<ReportBlock> Results()
    {
        if (items.Runs.Count > 0 && !items.Runs.All(r => items.Data.Value(r, "BestValidationLoss") is null && items.Data.Value(r, "BestTrainingLoss") is null)) yield return tables.Runs();
        ModelMeasure[] measures = [.. Measures()];
        FigureBlock[] curves = [.. figures.Curves()];
        if (IsInterim && curves.Length > 0 && measures.FirstOrDefault() is ClassificationMeasure first)
        {
            yield return new RowBlock(curves[0], figures.Confusion(first));
            curves = curves[1..];
        }
        foreach (FigureBlock curve in curves) yield return curve;
        if (measures.Length > 0) yield return ReportTables.Measures(measures);
        foreach (ModelMeasure measure in IsInterim ? [] : settings.Layout == ReportLayout.Full ? measures : measures.Take(1))
        {
            if (measure is ClassificationMeasure classes) yield return new RowBlock(figures.Confusion(classes), tables.Plain($"Each class of {classes.Dataset}", [.. classes.Classes]));
            if (measure.Metrics.Length > 0) yield return tables.Plain($"Metrics on {measure.Dataset}", [.. measure.Metrics]);
        }
        foreach ((string name, List<object> rows) in items.Tables) yield return tables.Plain(name, rows);
        foreach (FigureBlock picture in figures.Files()) yield return picture;
    }

    private IEnumerable<ReportBlock> Examples(RowPrediction[] predictions)
    {
        object[] all = items.Predictions.Count > 0 ? [.. items.Predictions] : [.. predictions];
        if (all.Length == 0) yield break;
        object[] wrong = [.. all.Where(p => items.Data.Value(p, "Actual") is { } actual && !Equals(Text(actual), Text(items.Data.Value(p, "Prediction"))) && p is not ValuePrediction)
            .OrderByDescending(p => items.Data.Value(p, "Probability") is double sure ? sure : 0)];
        int known = all.Count(p => items.Data.Value(p, "Actual") is not null);
        if (Shown is { } data && ReportFigures.IsImages(data))
        {
            yield return figures.Images("Predictions, the first rows.", data, all, settings.Layout == ReportLayout.Full ? 24 : 16);
            if (wrong.Length > 0)
                yield return figures.Images(string.Create(CultureInfo.InvariantCulture, $"Mistakes, the surest first: {wrong.Length:N0} of {known:N0} ({100.0 * wrong.Length / known:0.0} %)."), data, wrong, settings.Layout == ReportLayout.Full ? 24 : 16);
        }
        else
        {
            yield return tables.Predictions("Predictions, the first rows", Shown, all, 8);
            if (wrong.Length > 0) yield return tables.Predictions(string.Create(CultureInfo.InvariantCulture, $"Mistakes, the surest first: {wrong.Length:N0} of {known:N0}"), Shown, wrong, 8);
        }
        if (all.All(p => p is ClassPrediction { Actual: not null, Probabilities: not null }) && figures.Ranks(all) is { } ranks)
            yield return new RowBlock(ranks[0], ranks[1]);
    }

    private IEnumerable<ReportBlock> Reproduction()
    {
        if (settings.Command is { } command) yield return new CodeBlock(command);
        if (settings.Script is { } script && !IsInterim) yield return new CodeBlock(script, "The script");
        IReadOnlyList<(string Name, string Value)> environment = ReportEnvironment.Describe(items.Best);
        yield return IsInterim ? new ParagraphBlock(string.Join("; ", environment.Select(e => $"{e.Name} {e.Value}"))) : new FactsBlock(environment);
    }

    private IEnumerable<ModelMeasure> Measures()
    {
        if (items.Measures.Count > 0 || items.Best is not { } run || Shown is not { Targets.Count: > 0 } data) return items.Measures;
        return [Measurer.Measure(run.Model, data, cancellation: cancellation)];
    }

    private RowPrediction[] Predict() => IsInterim || items.Predictions.Count > 0 || items.Best is not { } run || Shown is not { } data ? []
        : [.. new Predictor(run.Model).Predict(data, cancellation)];

    private int Seeds() => items.Runs.Select(r => items.Data.Text(r, "Seed")).Distinct().Count();

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    private FactsBlock Facts(Dataset data)
    {
        List<(string, string)> facts = [("Data", data.Name), ("Rows", ReportCell.Show(data.Count))];
        foreach ((string name, Dataset? piece) in new[] { ("Train", data.Train), ("Validation", data.Validation), ("Test", data.Test) })
            if (piece is not null) facts.Add((name, ReportCell.Show(piece.Count)));
        if (!IsInterim) facts.Add(("Row", data.InputShape.ToString()));
        if (!IsInterim && data.ClassCounts is { } classes) facts.Add(("Classes", string.Join(", ", classes.Take(12).Select(c => $"{c.Class} ({c.Count})")) + (classes.Count > 12 ? $" and {classes.Count - 12} more" : "")));
        facts.Add(("SHA-256", data.Fingerprint));
        return new FactsBlock(facts);
    }
}
