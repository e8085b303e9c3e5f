namespace DLExperiments.Reports.Plots.Charts;

/// <summary>One or more charts under a title.</summary>
internal sealed class Figure(IReadOnlyList<Chart> charts, int columns)
{
    internal string Title { get; init; } = "";

    internal IReadOnlyList<Chart> Charts { get; } = charts;

    internal int Columns { get; } = Math.Min(columns, charts.Count);

    internal int Rows => (Charts.Count + Columns - 1) / Columns;

    /// <summary>The width in pixels when none is asked for.</summary>
    internal int Width { get; init; } = 720;

    /// <summary>The height in pixels when none is asked for.</summary>
    internal int Height { get; init; } = 440;
}
