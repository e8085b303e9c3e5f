using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Networks;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Reports.Documents;

/// <summary>The tables of a report.</summary>
internal sealed class ReportTables(ReportItems items, ReportLayout layout)
{
    private const int MostColumns = 12;

    private static readonly string[] Outcomes =
        ["BestEpoch", "BestValidationLoss", "BestTrainingLoss", "TrainingAccuracy", "ValidationAccuracy", "EpochsCompleted", "Duration", "StopReason"];

    // More rows than these would leave no room for the rest of a page.
    private int MostRows => layout switch { ReportLayout.Interim => 6, ReportLayout.Coursework => 12, _ => int.MaxValue };

    /// <summary>The runs, the best first: the settings in which they differ, and what came of them.</summary>
    internal TableBlock Runs()
    {
        (string[] differing, IReadOnlyDictionary<string, string>[] settings) = RunSettings.Differences(items.Data, items.Runs);
        List<string> outcomes = [.. Outcomes.Where(o => items.Runs.Any(r => items.Data.Value(r, o) is not null))];
        foreach (string own in new[] { "EpochsCompleted", "StopReason" })
            if (items.Runs.Select(r => items.Data.Text(r, own)).Distinct().Count() < 2) outcomes.Remove(own);
        if (outcomes.Contains("BestValidationLoss")) outcomes.Remove("BestTrainingLoss");
        // Metrics of the epochs, which the results have as notes, and numbers that a script added.
        outcomes.InsertRange(Math.Min(3, outcomes.Count), items.Runs.SelectMany(items.Data.Names).Distinct()
            .Where(n => n.StartsWith("Validation", StringComparison.Ordinal) && n is not ("ValidationAccuracy" or "ValidationCount") && !outcomes.Contains(n))
            .Where(n => items.Runs.All(r => items.Data.Value(r, n) is double)));
        bool seeds = items.Runs.Select(r => items.Data.Text(r, "Seed")).Distinct().Count() > 1;
        string[] columns = [.. differing, .. seeds ? ["Seed"] : Array.Empty<string>(), .. outcomes];
        return Cut("Runs, the best first", columns, items.Runs.Select((run, i) => (IReadOnlyList<ReportCell>)
            [.. differing.Select(d => ReportCell.Of(settings[i].GetValueOrDefault(d))), .. columns.Skip(differing.Length).Select(c => ReportCell.Of(items.Data.Value(run, c)))]));
    }

    /// <summary>Measures side by side.</summary>
    internal static TableBlock Measures(IReadOnlyList<ModelMeasure> measures)
    {
        string[] names = [.. measures.SelectMany(m => m.GetType().GetProperties()).Where(p => p.PropertyType == typeof(double)).Select(p => p.Name).Distinct().OrderBy(n => n == "Loss" ? 0 : 1)];
        string[] metrics = [.. measures.SelectMany(m => m.Metrics).Where(r => r.Class is null).Select(r => r.Metric).Distinct().Except(names)];
        return new TableBlock("Measures", ["Dataset", "Count", .. names, .. metrics], [.. measures.Select(m => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(m.Dataset), ReportCell.Of(m.Count), .. names.Select(n => ReportCell.Of(m.GetType().GetProperty(n)?.GetValue(m))),
            .. metrics.Select(n => ReportCell.Of(m.Metrics.FirstOrDefault(r => r.Metric == n && r.Class is null)?.Value)),
        ])]);
    }

    /// <summary>The layers of a network.</summary>
    internal TableBlock Layers(NetworkDefinition network) => Cut("Layers of the best run's network", ["Layer", "Type", "Output", "Parameters"], network.Layers.Select(l => (IReadOnlyList<ReportCell>)
        [ReportCell.Of(l.Name), ReportCell.Of(l.Type), ReportCell.Of(l.OutputShape.ToString()), ReportCell.Of(l.ParameterCount)]));

    /// <summary>Any objects: their plain properties.</summary>
    internal TableBlock Plain(string caption, IReadOnlyList<object> rows)
    {
        // A list would be a cell of its own length, and an object a name that says nothing.
        string[] columns = [.. rows.SelectMany(items.Data.Names).Distinct().Where(n => rows.All(r => IsPlain(items.Data.Value(r, n))) && rows.Any(r => items.Data.Value(r, n) is not null)).Take(MostColumns)];
        return Cut(caption, columns, rows.Select(r => (IReadOnlyList<ReportCell>)[.. columns.Select(c => ReportCell.Of(items.Data.Value(r, c)))]));
    }

    /// <summary>Predictions with the features of their rows.</summary>
    internal TableBlock Predictions(string caption, Dataset? data, IReadOnlyList<object> predictions, int most)
    {
        const int features = 6;
        bool plain = data is not null && data.Features[0].ItemShape.ElementCount <= 64;
        object[] shown = [.. predictions.Take(most)];
        IDictionary<int, object> rows = plain
            ? shown.Select(p => (int)items.Data.Number(p, "Row")).Distinct().Where(r => r >= 0 && r < data!.Count).ToDictionary(r => r, r => PlainObject.RowsOf(data!.Select(data.Name, [r])).Single()) : new Dictionary<int, object>();
        string[] names = [.. rows.Values.Take(1).SelectMany(PlainObject.Names).Except(data?.Targets.Select(t => t.Name) ?? []).Take(features)];
        string[] own = [.. new[] { "Row", "Prediction", "Probability", "Actual" }.Where(n => shown.Any(p => items.Data.Value(p, n) is not null))];
        return new TableBlock(caption, [.. own, .. names], [.. shown.Select(p => (IReadOnlyList<ReportCell>)
            [.. own.Select(n => ReportCell.Of(items.Data.Value(p, n))), .. names.Select(n => ReportCell.Of(rows.TryGetValue((int)items.Data.Number(p, "Row"), out object? row) ? PlainObject.Read(row, n) : null))])]);
    }

    private static bool IsPlain(object? value) => value is null or string or TimeSpan or Enum or IConvertible;

    private TableBlock Cut(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<ReportCell>> rows)
    {
        IReadOnlyList<ReportCell>[] all = [.. rows];
        return new TableBlock(caption, columns, [.. all.Take(MostRows)]) { Omitted = Math.Max(0, all.Length - MostRows) };
    }
}
