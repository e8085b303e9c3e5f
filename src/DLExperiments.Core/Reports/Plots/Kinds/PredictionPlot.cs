using System.Collections;
using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Base of the pictures of predictions with probabilities: objects with Actual, Prediction and Probabilities, as Invoke-Model gives them.</summary>
public abstract class PredictionPlot : Plot
{
    private protected PredictionSet ReadPredictions(PlotData data)
    {
        data.Require("Actual", "Actual", Kind);
        return new PredictionSet([.. data.Items.Where(i => data.Value(i, "Actual") is not null).Select(i => (data.Value(i, "Actual")!, data.Value(i, "Prediction") ?? "", data.Value(i, "Probabilities") as IDictionary))]);
    }

    /// <summary>A curve for the second of two classes, or for each of several.</summary>
    private protected Figure DrawCurves(PlotData data, string x, string y, Func<RankCurve, double> area, Func<RankCurve, (double[], double[])> curve)
    {
        ClassTable table = ReadPredictions(data).Classes;
        double[][] probabilities = table.NeedProbabilities(Kind);
        Chart chart = UnitChart(x, y);
        int series = 0;
        foreach (int c in Enumerable.Range(0, table.Names.Length).Skip(table.Names.Length == 2 ? 1 : 0))
        {
            RankCurve ranks = RankCurve.Of(table, probabilities, c);
            if (double.IsNaN(area(ranks))) continue;
            (double[] xs, double[] ys) = curve(ranks);
            chart.Marks.Add(new LineMark(xs, ys) { Name = $"{table.Names[c]} (area {Axis.Number(Math.Round(area(ranks), 4))})", Colour = Palette.Colour(series), Dashed = series++ >= Palette.Series.Length });
        }
        return series > 0 ? Unit(chart) : throw Nothing("no class has rows of its own and rows of others.");
    }

    private protected Chart UnitChart(string x, string y)
    {
        var chart = new Chart { X = new Axis { Label = XLabel ?? x, Tight = true }, Y = new Axis { Label = YLabel ?? y, Tight = true }, Square = true };
        chart.X.Include([0, 1]);
        chart.Y.Include([0, 1]);
        return chart;
    }

    private protected Figure Unit(Chart chart) => new([chart], 1) { Title = Title, Width = 520, Height = 540 };
}
