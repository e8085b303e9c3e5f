using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>How often values occur, with lines at values of reference; numbers come as they are or as a property.</summary>
[CatalogueEntry("Histogram")]
public sealed class HistogramPlot : Plot
{
    /// <summary>The property; left out when numbers themselves are piped in.</summary>
    public string? X { get; set; }

    /// <summary>Properties whose values have histograms of their own, over each other.</summary>
    public string[] By { get; set; } = [];

    /// <summary>How many bins, 1 to 1000; by default by the rule of Freedman and Diaconis.</summary>
    [Range(1, 1000)]
    public int? Bins { get; set; }

    /// <summary>Areas of one in place of counts.</summary>
    public bool Density { get; set; }

    /// <summary>Values to mark with an upright line.</summary>
    public double[] Reference { get; set; } = [];

    /// <summary>Marks the mean.</summary>
    public bool Mean { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        bool plain = X is null && data.Rows.All(r => PlotData.TryNumber(r, out _));
        string x = plain ? "Value" : data.Require(X, "X", Kind);
        double Read(object row) => plain ? PlotData.TryNumber(row, out double number) ? number : double.NaN : data.Number(row, x);
        double[] all = [.. data.Rows.Select(Read).Where(double.IsFinite).Order()];
        if (all.Length == 0) throw Nothing($"there is no number in {x}.");
        int bins = Bins ?? Choose(all);
        double low = all[0], high = all[^1];
        if (high <= low) (low, high, bins) = (low - Math.Max(.5, Math.Abs(low) * .01), high + Math.Max(.5, Math.Abs(high) * .01), 1);
        double width = high / bins - low / bins;
        var chart = new Chart { X = new Axis { Label = XLabel ?? x }, Y = new Axis { Label = YLabel ?? (Density ? "Density" : "Count"), Grounded = true } };
        double[] left = [.. Enumerable.Range(0, bins).Select(i => low + i * width)], right = [.. left.Skip(1), high];
        IGrouping<string, object>[] groups = [.. By.Length == 0 ? data.Rows.GroupBy(_ => "") : Groups.Of(data, data.Rows, By, Kind)];
        for (int g = 0; g < groups.Length; g++)
        {
            double[] counts = new double[bins], values = [.. groups[g].Select(Read).Where(double.IsFinite)];
            foreach (double value in values) counts[Math.Clamp((int)((value - low) / width), 0, bins - 1)] += Density ? 1 / (values.Length * width) : 1;
            chart.Marks.Add(new BarMark(left, right, new double[bins], counts) { Name = groups.Length == 1 ? null : groups[g].Key, Colour = Palette.Colour(g), Opacity = groups.Length == 1 ? .85 : .5 });
        }
        if (Mean) chart.Marks.Add(new RuleMark(all.Average(), Vertical: true) { Name = $"mean {Axis.Number(all.Average())}", Colour = Palette.Colour(groups.Length) });
        foreach (double value in Reference) chart.Marks.Add(new RuleMark(value, Vertical: true) { Name = Axis.Number(value) });
        return new Figure([chart], 1) { Title = Title };
    }

    // Freedman and Diaconis 1981: width 2 IQR / n^(1/3); Sturges' when the quartiles fall together.
    private static int Choose(double[] sorted)
    {
        double quartiles = sorted[(int)(.75 * (sorted.Length - 1))] - sorted[(int)(.25 * (sorted.Length - 1))];
        double bins = quartiles > 0 ? (sorted[^1] - sorted[0]) / (2 * quartiles / Math.Cbrt(sorted.Length)) : Math.Log2(sorted.Length) + 1;
        return (int)Math.Clamp(Math.Ceiling(bins), 1, 100);
    }
}
