using System.Text;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;
using DLExperiments.Reports.Plots.Terminal;

namespace DLExperiments.Reports.Plots;

/// <summary>Turns plots into files and text.</summary>
public static class PlotFile
{
    /// <summary>Draws into a file.</summary>
    /// <param name="plot">The kind of picture with its settings.</param>
    /// <param name="data">What to draw.</param>
    /// <param name="path">Full path, ending in .svg or .png.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <param name="scale">For PNG: pixels of the file for each of the picture.</param>
    /// <exception cref="ExperimentException">UnknownImageFormat, or what the plot or the file system objects to; then no file is written.</exception>
    public static void Export(Plot plot, PlotData data, string path, bool force = false, double scale = 2)
    {
        bool png = IsPng(path);
        Picture picture = FigureRenderer.Draw(plot.Create(data), plot.Theme, plot.Width, plot.Height);
        AtomicFile.Write(path, force, stream =>
        {
            if (png) PngWriter.Write(picture, stream, scale);
            else SvgWriter.Write(picture, stream, TitleOf(plot));
        });
    }

    /// <summary>Draws as SVG text, for a page that holds the picture.</summary>
    /// <param name="plot">The kind of picture with its settings.</param>
    /// <param name="data">What to draw.</param>
    /// <returns>An svg element, with no XML declaration.</returns>
    public static string ToSvg(Plot plot, PlotData data)
    {
        using var stream = new MemoryStream();
        SvgWriter.Write(FigureRenderer.Draw(plot.Create(data), plot.Theme, plot.Width, plot.Height), stream, TitleOf(plot));
        string text = Encoding.UTF8.GetString(stream.ToArray());
        return text[text.IndexOf("<svg", StringComparison.Ordinal)..];
    }

    /// <summary>Draws with characters for a terminal.</summary>
    /// <param name="plot">The kind of picture with its settings.</param>
    /// <param name="data">What to draw.</param>
    /// <param name="columns">Characters in a line, at least 30.</param>
    /// <param name="lines">Lines of one chart, at least 8.</param>
    /// <param name="colour">Whether to colour with ANSI sequences.</param>
    /// <returns>The lines.</returns>
    public static IReadOnlyList<string> ToText(Plot plot, PlotData data, int columns, int lines, bool colour) =>
        TerminalFigure.Draw(plot.Create(data), Palette.Of(plot.Theme), Math.Max(30, columns), Math.Max(8, lines), colour);

    /// <summary>Whether a path asks for PNG rather than SVG.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="ExperimentException">UnknownImageFormat: it ends in neither.</exception>
    public static bool IsPng(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => true,
        ".svg" => false,
        var other => throw new ExperimentException("UnknownImageFormat", ErrorKind.InvalidArgument,
            $"'{path}' ends in '{other}'; pictures are written as .svg or .png.", path),
    };

    private static string TitleOf(Plot plot) => plot.Title.Length > 0 ? plot.Title : plot.Kind;
}
