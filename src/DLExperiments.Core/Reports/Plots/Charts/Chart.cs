namespace DLExperiments.Reports.Plots.Charts;

/// <summary>Axes and what is drawn between them: the one source of the picture and of the terminal's version.</summary>
internal sealed class Chart
{
    internal string Title { get; init; } = "";

    internal Axis X { get; init; } = new();

    internal Axis Y { get; init; } = new();

    internal List<Mark> Marks { get; } = [];

    /// <summary>Whether a unit is as long on both axes: images, matrices.</summary>
    internal bool Square { get; init; }

    /// <summary>Text colour role of the title: true marks a mistake.</summary>
    internal bool Alert { get; init; }

    /// <summary>Includes what is drawn in the axes and fixes them.</summary>
    internal void Fit()
    {
        foreach (Mark mark in Marks) Include(mark);
        X.Fit();
        Y.Fit();
    }

    internal IEnumerable<Mark> LegendMarks => Marks.Where(m => m.Name is not null && m is not (CellMark or PixelMark or DiagramMark)).DistinctBy(m => m.Name);

    private void Include(Mark mark)
    {
        switch (mark)
        {
            case LineMark line:
                IncludePairs(line.X, line.Y);
                break;
            case PointMark points:
                IncludePairs(points.X, points.Y);
                break;
            case BandMark band:
                IncludePairs(band.X, band.Low);
                IncludePairs(band.X, band.High);
                break;
            case BarMark bars:
                X.Include(bars.Left);
                X.Include(bars.Right);
                Y.Include(bars.Bottom);
                Y.Include(bars.Top);
                Y.Include(bars.ErrorLow ?? []);
                Y.Include(bars.ErrorHigh ?? []);
                break;
            case RuleMark rule:
                (rule.Vertical ? X : Y).Include(rule.Value);
                break;
            case CellMark cells:
                IncludePairs([-.5, cells.Values[0].Length - .5], [-.5, cells.Values.Length - .5]);
                break;
            case PixelMark pixels:
                IncludePairs([pixels.Left, pixels.Right], [pixels.Bottom, pixels.Top]);
                break;
            case DiagramMark diagram:
                IncludePairs([0, diagram.Width], [0, diagram.Height]);
                break;
        }
    }

    private void IncludePairs(double[] x, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!X.Takes(x[i]) || !Y.Takes(y[i])) continue;
            X.Include(x[i]);
            Y.Include(y[i]);
        }
    }
}
