using System.Text;
using System.Text.RegularExpressions;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Reports.Documents;

/// <summary>Turns runs, measures, comparisons, predictions, pictures and any other objects into a document.</summary>
public static partial class ReportFile
{
    /// <summary>Writes a report.</summary>
    /// <param name="data">What it is made of.</param>
    /// <param name="settings">What it is called and holds besides.</param>
    /// <param name="path">Full path, ending in .html, .md or .pdf. Beside a .md file a folder of the same name with <c>.files</c> gets the pictures.</param>
    /// <param name="force">Whether existing files may be replaced.</param>
    /// <param name="browser">The browser that prints PDF; null to look for one.</param>
    /// <param name="cancellation">Stops it before anything is written.</param>
    /// <returns>For PDF how many pages it has; else null.</returns>
    /// <exception cref="ExperimentException">EmptyReport, UnknownReportFormat, BrowserNotFound, NotAPicture, or what the file system objects to; then nothing is written.</exception>
    public static int? Export(PlotData data, ReportSettings settings, string path, bool force = false, string? browser = null, CancellationToken cancellation = default)
    {
        string format = FormatOf(path);
        string? printer = format == ".pdf" ? Browser.Find(browser) ?? throw new ExperimentException("BrowserNotFound", ErrorKind.NotInstalled,
            "A PDF is printed by a browser, and none was found (Chromium, Chrome or Edge). Give one with -Browser, or export the report as .html.", path) : null;
        if (data.Items.Count == 0 && settings.Data is null && settings.Texts.Count == 0)
            throw new ExperimentException("EmptyReport", ErrorKind.InvalidData, "There is nothing to report: no object came through the pipeline.");
        AtomicFile.CheckTarget(path, force);
        IReadOnlyList<ReportSection> sections = new ReportBuilder(new ReportItems(data), settings, cancellation).Build();
        if (format == ".md")
        {
            WriteMarkdown(settings, sections, path, force);
            return null;
        }
        string html = HtmlReport.Write(settings, sections);
        byte[] bytes = printer is null ? Encoding.UTF8.GetBytes(html) : Browser.Print(printer, html, cancellation);
        AtomicFile.Write(path, force, stream => stream.Write(bytes));
        // In the browser's PDF the tree of pages is plain text: one object of the type Page each.
        return printer is null ? null : PageObject().Count(Encoding.Latin1.GetString(bytes));
    }

    /// <summary>The ending of a report's path.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="ExperimentException">UnknownReportFormat: it is none that reports are written in.</exception>
    public static string FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" or ".htm" => ".html",
        ".md" or ".markdown" => ".md",
        ".pdf" => ".pdf",
        var other => throw new ExperimentException("UnknownReportFormat", ErrorKind.InvalidArgument, $"'{path}' ends in '{other}'; reports are written as .html, .md or .pdf.", path),
    };

    private static void WriteMarkdown(ReportSettings settings, IReadOnlyList<ReportSection> sections, string path, bool force)
    {
        string folder = Path.GetFileNameWithoutExtension(path) + ".files", full = Path.Combine(Path.GetDirectoryName(path)!, folder);
        (string text, IReadOnlyList<(string Name, string Svg)> pictures) = MarkdownReport.Write(settings, sections, folder);
        foreach ((string name, _) in pictures)
            if (Directory.Exists(full)) AtomicFile.CheckTarget(Path.Combine(full, name), force);
        if (pictures.Count > 0) Directory.CreateDirectory(full);
        foreach ((string name, string svg) in pictures) AtomicFile.Write(Path.Combine(full, name), force, stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
        AtomicFile.Write(path, force, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageObject();
}
