using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots;

/// <summary>A kind of picture: what of the objects it draws, and how.</summary>
[Catalogue("plot")]
public abstract class Plot
{
    /// <summary>The heading; none by default.</summary>
    public string Title { get; set; } = "";

    /// <summary>The label of the horizontal axis; by default what is drawn on it.</summary>
    public string? XLabel { get; set; }

    /// <summary>The label of the vertical axis; by default what is drawn on it.</summary>
    public string? YLabel { get; set; }

    /// <summary>Light or Dark.</summary>
    public PlotTheme Theme { get; set; }

    /// <summary>The width in pixels, 120 to 10000; by default what suits the kind.</summary>
    [Range(120, 10000)]
    public int? Width { get; set; }

    /// <summary>The height in pixels, 80 to 10000; by default what suits the kind.</summary>
    [Range(80, 10000)]
    public int? Height { get; set; }

    /// <summary>The name in the catalogue.</summary>
    internal string Kind => Catalogue<Plot>.Default.EntryOf(this).Name;

    /// <summary>Makes the charts.</summary>
    /// <param name="data">What to draw.</param>
    /// <exception cref="ExperimentException">NothingToPlot, MissingProperty, NotANumber: the objects are not what the kind draws.</exception>
    internal Figure Create(PlotData data)
    {
        data.CheckAny(Kind);
        return Draw(data);
    }

    private protected abstract Figure Draw(PlotData data);

    private protected Drawing.Palette Palette => Drawing.Palette.Of(Theme);

    private protected ExperimentException Nothing(string why) =>
        new("NothingToPlot", ErrorKind.InvalidData, $"{Kind} found nothing to draw: {why}", this);
}
