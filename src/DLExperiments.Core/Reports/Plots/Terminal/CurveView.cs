using System.Globalization;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Kinds;
using DLExperiments.Training.Curves;

namespace DLExperiments.Reports.Plots.Terminal;

/// <summary>A training that goes on, for a terminal: where it stands, its curve, its last epochs.</summary>
public static class CurveView
{
    private const int MostColumns = 7, Cell = 12;

    // What tells least goes first where there is no room.
    private static readonly string[] Unshown = ["Step", "SampleCount", "ElapsedSeconds", "Timestamp", "SamplesPerSecond"];

    /// <summary>Draws it.</summary>
    /// <param name="curve">The epochs so far.</param>
    /// <param name="epochs">How many there will be; null when that is not known.</param>
    /// <param name="metric">What is drawn, such as Loss or Accuracy.</param>
    /// <param name="columns">Characters in a line.</param>
    /// <param name="lines">Lines of the chart.</param>
    /// <param name="rows">How many of the last epochs are in the table.</param>
    /// <param name="colour">Whether to colour.</param>
    public static IReadOnlyList<string> Draw(LearningCurve curve, int? epochs, string metric, int columns, int lines, int rows, bool colour)
    {
        if (curve.Rows.Count == 0) return ["No epoch has ended yet."];
        int at = Array.FindIndex(curve.Columns, c => c.Equals($"Validation{metric}", StringComparison.OrdinalIgnoreCase));
        if (at < 0 || curve.Rows.All(r => r[at] is null)) at = Array.FindIndex(curve.Columns, c => c.Equals($"Training{metric}", StringComparison.OrdinalIgnoreCase));
        var text = new List<string> { Head(curve, epochs, at) };
        var items = curve.Rows.Select(r => (object)curve.Columns.Zip(r).ToDictionary(p => p.First, p => p.Second)).ToList();
        text.AddRange(PlotFile.ToText(new LearningCurvePlot { Metric = [metric] }, new PlotData(items), columns, lines, colour));
        text.AddRange(Table(curve, columns, rows));
        return text;
    }

    private static string Head(LearningCurve curve, int? epochs, int column)
    {
        object?[] last = curve.Rows[^1];
        string head = string.Create(CultureInfo.InvariantCulture, $"Epoch {last[0]}{(epochs is { } all ? $" of {all}" : "")}");
        if (column < 0) return head;
        double[] values = [.. curve.Rows.Select(r => r[column] is double value ? value : double.NaN)];
        return $"{head}, {curve.Columns[column]} {Axis.Number(values[^1])}  {Sparkline.Of(values, 24)}";
    }

    private static IEnumerable<string> Table(LearningCurve curve, int columns, int rows)
    {
        int[] shown = [.. Enumerable.Range(0, curve.Columns.Length).Where(c => !Unshown.Contains(curve.Columns[c]) && curve.Rows.Any(r => r[c] is not null)).Take(Math.Min(MostColumns, Math.Max(1, columns / (Cell + 1))))];
        string Line(Func<int, string> cell) => string.Concat(shown.Select((c, i) => (i == 0 ? cell(c).PadLeft(5) : " " + cell(c).PadLeft(Cell))));
        yield return Line(c => Shorten(curve.Columns[c]));
        foreach (object?[] row in curve.Rows.Skip(Math.Max(0, curve.Rows.Count - rows)))
            yield return Line(c => row[c] switch { null => "", double value => Axis.Number(value), var other => Convert.ToString(other, CultureInfo.InvariantCulture)! });
    }

    private static string Shorten(string name) => name.Replace("Training", "Train", StringComparison.Ordinal).Replace("Validation", "Val", StringComparison.Ordinal)
        .Replace("Accuracy", "Acc", StringComparison.Ordinal).Replace("LearningRate", "Rate", StringComparison.Ordinal).Replace("DurationSeconds", "Seconds", StringComparison.Ordinal) is var text && text.Length > Cell ? text[..Cell] : text;
}
