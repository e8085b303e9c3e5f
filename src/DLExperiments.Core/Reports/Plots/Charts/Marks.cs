using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Charts;

/// <summary>Something drawn in a chart, in the units of its axes. NaN is a gap.</summary>
internal abstract record Mark
{
    /// <summary>The name in the legend; null for none.</summary>
    internal string? Name { get; init; }

    /// <summary>The colour; null for the reading ink.</summary>
    internal string? Colour { get; init; }
}

/// <summary>A line through points, in their order.</summary>
internal sealed record LineMark(double[] X, double[] Y) : Mark
{
    internal bool Dashed { get; init; }

    internal bool Dots { get; init; }

    internal double Thickness { get; init; } = 2;

    internal double Opacity { get; init; } = 1;
}

/// <summary>The area between two lines.</summary>
internal sealed record BandMark(double[] X, double[] Low, double[] High) : Mark;

/// <summary>Points.</summary>
internal sealed record PointMark(double[] X, double[] Y) : Mark
{
    internal MarkerShape Shape { get; init; }

    internal double Size { get; init; } = 4;

    internal double Opacity { get; init; } = 1;
}

/// <summary>Upright bars from one height to another, with the ends of an interval where there is one.</summary>
internal sealed record BarMark(double[] Left, double[] Right, double[] Bottom, double[] Top) : Mark
{
    internal double[]? ErrorLow { get; init; }

    internal double[]? ErrorHigh { get; init; }

    internal string[]? Labels { get; init; }

    internal double Opacity { get; init; } = 1;
}

/// <summary>A straight line across the chart at one value.</summary>
internal sealed record RuleMark(double Value, bool Vertical) : Mark;

/// <summary>A matrix of coloured cells; row 0 and column 0 have their centres at 0.</summary>
internal sealed record CellMark(double[][] Values, ColourRamp Ramp, double Low, double High) : Mark
{
    internal string[][]? Labels { get; init; }

    internal bool Bar { get; init; }
}

/// <summary>Lines of text from the top, each with a key in front of it.</summary>
internal sealed record TextMark((string Key, string Text)[] Lines) : Mark
{
    internal const int LineHeight = 20;
}

/// <summary>Pixels stretched over a range, the first row at the top.</summary>
internal sealed record PixelMark(double Left, double Right, double Bottom, double Top, int Columns, int Rows, byte[] Rgba) : Mark;
