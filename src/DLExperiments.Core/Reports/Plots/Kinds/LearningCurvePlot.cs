using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>
/// Training and validation values over the epochs, of one run or of several: from results of trainings, their History, or rows of
/// learning curves (with Epoch and, for several, Run). The best epoch is marked.
/// </summary>
[CatalogueEntry("LearningCurve")]
public sealed class LearningCurvePlot : Plot
{
    /// <summary>What to draw, a chart each: Loss draws TrainingLoss and ValidationLoss. By default Loss, and Accuracy where there is one.</summary>
    public string[] Metric { get; set; } = [];

    /// <summary>Properties of the runs: those that are alike in all of them are repeats, drawn as their mean with a band.</summary>
    public string[] By { get; set; } = [];

    /// <summary>The band around the mean of repeats: Interval (95 % of the mean), Deviation, Range or None.</summary>
    public Spread Band { get; set; }

    /// <summary>How much of the past is kept in smoothing, 0 (none) to 1 exclusive; the raw line stays, faintly.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Smoothing { get; set; }

    /// <summary>Whether the best epoch of each line is marked.</summary>
    public bool BestEpoch { get; set; } = true;

    /// <summary>A logarithmic vertical axis.</summary>
    public bool LogY { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        List<CurveRun> runs = CurveRun.Read(data, Kind);
        string[] metrics = Metric.Length > 0 ? Metric : [.. new[] { "Loss", "Accuracy" }.Where(m => Has(data, runs, m))];
        if (metrics.Length == 0) throw Nothing("no epoch has a TrainingLoss or ValidationLoss; choose what to draw with -Metric.");
        foreach (string name in By) _ = new PlotData(runs.Select(r => r.Owner), data.Value, data.Names).Require(name, "By", Kind);
        List<Chart> charts = [.. metrics.Select(m => DrawMetric(data, runs, m, metrics.Length > 1))];
        return new Figure(charts, Math.Min(charts.Count, 2)) { Title = Title, Width = charts.Count > 1 ? 1040 : 720, Height = charts.Count > 2 ? 760 : 420 };
    }

    private static bool Has(PlotData data, List<CurveRun> runs, string metric) =>
        runs.Any(r => Columns(metric).Any(c => r.Column(data, c.Column).Any(double.IsFinite)));

    private static (string Column, bool Validation)[] Columns(string metric) => [($"Training{metric}", false), ($"Validation{metric}", true), (metric, true)];

    private Chart DrawMetric(PlotData data, List<CurveRun> runs, string metric, bool several)
    {
        if (!Has(data, runs, metric)) throw Nothing($"no epoch has a number in Training{metric}, Validation{metric} or {metric} (-Metric).");
        var chart = new Chart { Title = several ? metric : "", X = new Axis { Label = XLabel ?? "Epoch", Whole = true }, Y = new Axis { Label = YLabel ?? (several ? "" : metric), Log = LogY } };
        IGrouping<string, CurveRun>[] groups = [.. runs.GroupBy(r => By.Length > 0 ? string.Join(", ", By.Select(b => Groups.Label(data, r.Owner, b))) : r.Name!)];
        bool both = Columns(metric).Count(c => runs.Any(r => r.Column(data, c.Column).Any(double.IsFinite))) > 1;
        for (int g = 0; g < groups.Length; g++)
        {
            foreach ((string column, bool validation) in Columns(metric))
            {
                (double[] x, double[] y, double[] low, double[] high) = Mean(data, groups[g], column);
                if (!y.Any(double.IsFinite)) continue;
                bool lone = groups.Length == 1;
                string colour = Palette.Colour(lone && validation && both ? 1 : g);
                if (Band != Spread.None && groups[g].Count() > 1) chart.Marks.Add(new BandMark(x, low, high) { Colour = colour });
                if (Smoothing > 0) chart.Marks.Add(new LineMark(x, y) { Colour = colour, Opacity = .3, Thickness = 1.2 });
                int best = BestEpoch && (validation || !both) ? FindBest(chart, metric, y) : -1;
                string? name = lone ? (both ? (validation ? "Validation" : "Training") : column) : validation || !both ? groups[g].Key : null;
                // In the legend the best value never lies over a line.
                if (lone && best >= 0) name += $" (best {Axis.Number(y[best])} in epoch {Axis.Number(x[best])})";
                chart.Marks.Add(new LineMark(x, Smoothed(y)) { Name = name, Colour = colour, Dashed = !lone && both && !validation });
                if (best >= 0) chart.Marks.Add(new PointMark([x[best]], [y[best]]) { Colour = colour, Shape = MarkerShape.Diamond, Size = 5 });
            }
        }
        if (groups.Length > 1 && both)
        {
            chart.Marks.Add(new LineMark([], []) { Name = "validation" });
            chart.Marks.Add(new LineMark([], []) { Name = "training", Dashed = true });
        }
        return chart;
    }

    private (double[] X, double[] Y, double[] Low, double[] High) Mean(PlotData data, IEnumerable<CurveRun> runs, string column)
    {
        var values = new SortedDictionary<double, List<double>>();
        foreach (CurveRun run in runs)
            foreach (object epoch in run.Epochs)
            {
                double at = data.Number(epoch, "Epoch");
                if (!values.TryGetValue(at, out List<double>? list)) values[at] = list = [];
                list.Add(data.Number(epoch, column));
            }
        SampleSummary[] means = [.. values.Values.Select(v => new SampleSummary(v))];
        return ([.. values.Keys], [.. means.Select(m => m.Mean)], [.. means.Select(m => Groups.Ends(m, Band, LogY).Low)], [.. means.Select(m => Groups.Ends(m, Band, LogY).High)]);
    }

    // Exponential moving average, corrected for its start as Adam's moments are (Kingma and Ba 2015); gaps stay gaps.
    private double[] Smoothed(double[] y)
    {
        double[] smooth = new double[y.Length];
        double average = 0, weight = 0;
        for (int i = 0; i < y.Length; i++)
        {
            smooth[i] = double.NaN;
            if (!double.IsFinite(y[i])) continue;
            average = Smoothing * average + (1 - Smoothing) * y[i];
            weight = Smoothing * weight + (1 - Smoothing);
            smooth[i] = average / weight;
        }
        return smooth;
    }

    private static int FindBest(Chart chart, string metric, double[] y)
    {
        bool least = metric.Contains("Loss", StringComparison.OrdinalIgnoreCase) || metric.EndsWith("Error", StringComparison.OrdinalIgnoreCase)
            || metric is "MSE" or "RMSE" or "MAE" or "MAPE" or "Perplexity";
        int best = -1;
        for (int i = 0; i < y.Length; i++)
            if (chart.Y.Takes(y[i]) && (best < 0 || (least ? y[i] < y[best] : y[i] > y[best]))) best = i;
        return best;
    }
}
