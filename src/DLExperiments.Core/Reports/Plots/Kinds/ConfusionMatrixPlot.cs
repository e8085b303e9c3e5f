using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>How often each class was taken for each class: of a measure, a confusion matrix, or predictions with Actual and Prediction.</summary>
[CatalogueEntry("ConfusionMatrix")]
public sealed class ConfusionMatrixPlot : Plot
{
    /// <summary>Shares of each actual class in per cent, in place of counts.</summary>
    public bool Normalize { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        ConfusionMatrix matrix = Read(data);
        int n = matrix.Classes.Length;
        double[][] shares = [.. matrix.Counts.Select(row => row.Select(c => row.Sum() == 0 ? 0 : (double)c / row.Sum()).ToArray())];
        var chart = new Chart
        {
            X = new Axis { Label = XLabel ?? "Predicted", Categories = matrix.Classes },
            Y = new Axis { Label = YLabel ?? "Actual", Categories = matrix.Classes, Reversed = true },
            Square = true,
        };
        // The colour is the share of the row, so that a rare class is seen as well as a common one.
        chart.Marks.Add(new CellMark(shares, ColourRamp.Counts, 0, 1)
        {
            Labels = n > 30 ? null : [.. matrix.Counts.Select((row, r) => row.Select((c, i) => Normalize ? $"{100 * shares[r][i]:0.#}" : $"{c}").ToArray())],
        });
        double cell = Math.Clamp(800.0 / n, 12, n < 6 ? 70 : 46), widest = matrix.Classes.Max(c => TextWidth.Of(c, 11.5));
        return new Figure([chart], 1)
        {
            Title = Title.Length > 0 ? Title : $"Accuracy {100.0 * matrix.Correct / matrix.Total:0.0} % of {matrix.Total}{(Normalize ? ", shares in %" : "")}",
            Width = Math.Max(360, (int)(cell * n + 80 + Math.Min(240, widest))), Height = (int)(cell * n + 110 + (widest > cell ? Math.Min(240, widest) * .6 : 0)),
        };
    }

    private ConfusionMatrix Read(PlotData data)
    {
        if (data.Items.Count == 1)
        {
            object item = data.Items[0];
            object owner = data.Value(item, "ConfusionMatrix") ?? item;
            if (owner is ConfusionMatrix made) return made.Total > 0 ? made : throw Nothing("the matrix counts no rows.");
            if (data.Value(owner, "Classes") is System.Collections.IEnumerable classes && data.Value(owner, "Counts") is System.Collections.IEnumerable counts)
                return Restore(classes, counts);
        }
        foreach (string name in new[] { "Actual", "Prediction" }) data.Require(name, name, Kind);
        (string Actual, string Predicted)[] pairs = [.. data.Items.Where(i => data.Text(i, "Actual") is not null && data.Text(i, "Prediction") is not null).Select(i => (data.Text(i, "Actual")!, data.Text(i, "Prediction")!))];
        List<string> names = [.. pairs.SelectMany(p => new[] { p.Actual, p.Predicted }).Distinct().Order(StringComparer.Ordinal)];
        if (names.Count > 200) throw new ExperimentException("TooManyClasses", ErrorKind.InvalidData, $"There are {names.Count} different classes in Actual and Prediction; a confusion matrix is for classes, not for numbers.");
        var matrix = new ConfusionMatrix(names);
        foreach ((string actual, string predicted) in pairs) matrix.Add(names.IndexOf(actual), names.IndexOf(predicted));
        return matrix.Total > 0 ? matrix : throw Nothing("no prediction has an Actual.");
    }

    // A measure that went through CLIXML or a job is lists and numbers.
    private static ConfusionMatrix Restore(System.Collections.IEnumerable classes, System.Collections.IEnumerable counts)
    {
        var matrix = new ConfusionMatrix([.. classes.Cast<object>().Select(c => c.ToString()!)]);
        int r = 0;
        foreach (object row in counts)
        {
            int c = 0;
            foreach (object count in (System.Collections.IEnumerable)row) matrix.Counts[r][c++] = Convert.ToInt64(count);
            r++;
        }
        return matrix;
    }
}
