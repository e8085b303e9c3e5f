using System.Collections;
using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Data;
using DLExperiments.Reports.Documents;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Writes a report of what is piped in: runs, measures, comparisons, predictions, pictures, and any other objects as tables.</summary>
/// <remarks>
/// <para>The ending of the path decides: .html is one file with everything in it (pictures as SVG, tables that sort by a click, light and dark,
/// made to print), .md is Markdown with its pictures in a folder beside it, .pdf is printed by a Chromium-like browser, where there is one.</para>
/// <para>Runs become tables and learning curves, with the settings in which they differ. With -Dataset the report tells the data's fingerprint,
/// measures the best run on the Test piece, and shows examples and mistakes. FileInfo objects and paths are pictures. Settings, environment
/// and the command that makes the results again are in every report.</para>
/// </remarks>
[Cmdlet(VerbsData.Export, "Report", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReportCommand : ExperimentCommand
{
    private static readonly Dictionary<ReportLayout, int> Pages = new() { [ReportLayout.Interim] = 1, [ReportLayout.Coursework] = 4 };

    private readonly List<object> items = [];
    private string path = "";

    /// <summary>What to report: results of trainings, measures, comparisons, metrics, predictions, files with pictures, any objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file to write, ending in .html, .md or .pdf.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Report";

    /// <summary>Who wrote it.</summary>
    [Parameter]
    public string? Author { get; set; }

    /// <summary>Full (everything), Interim (one page) or Coursework (up to four pages); a PDF that became longer gives a warning.</summary>
    [Parameter]
    public ReportLayout Layout { get; set; }

    /// <summary>The data that the runs are of.</summary>
    [Parameter]
    [DatasetValue]
    public Dataset? Dataset { get; set; }

    /// <summary>Text by section, one or several paragraphs each: @{ Introduction = '...'; Discussion = '...', '...' }. The sections are Introduction, Method, Results, Examples, Discussion, Conclusion, and any others.</summary>
    [Parameter]
    public IDictionary Text { get; set; } = new Hashtable();

    /// <summary>The command that makes the results again; by default the script that calls this cmdlet, whose text the report then holds, or the line that was typed.</summary>
    [Parameter]
    public string? Command { get; set; }

    /// <summary>The browser that prints PDF, when it is not on the PATH.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Browser { get; set; }

    /// <summary>Replaces existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        path = ResolveTarget(Path, Force);
        ReportFile.FormatOf(path);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is null) return;
        // A path is relative to where PowerShell is, which the engine does not know.
        items.Add(InputObject.BaseObject is string file ? ResolveSources(file, literal: true)[0] : InputObject.BaseObject is PSCustomObject ? InputObject : InputObject.BaseObject);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!ShouldProcess(path, "Export report")) return;
        string script = MyInvocation.ScriptName;
        bool scripted = Command is null && File.Exists(script);
        var settings = new ReportSettings
        {
            Title = Title,
            Author = Author,
            Layout = Layout,
            Data = Dataset,
            Texts = [.. Text.Cast<DictionaryEntry>().Select(t => (t.Key.ToString()!, Paragraphs(t.Value)))],
            // The folder of the script is this machine's and means nothing on another.
            Command = Command ?? (scripted ? $"./{System.IO.Path.GetFileName(script)}" : MyInvocation.Line.Trim() is { Length: > 0 } line ? line : null),
            Script = scripted ? File.ReadAllText(script) : null,
        };
        int? pages = ReportFile.Export(PlotSource.Of(items), settings, path, Force, Browser is null ? null : ResolveTarget(Browser), Cancellation);
        if (pages > Pages.GetValueOrDefault(Layout, int.MaxValue))
            WriteWarning($"The report has {pages} pages, but {Layout} stands for {Pages[Layout]}: shorten the texts, or pipe in less.");
        if (PassThru) WriteFile(path);
    }

    private static IReadOnlyList<string> Paragraphs(object? value) => CatalogueValueAttribute.Unwrap(value) is IEnumerable list and not string
        ? [.. list.Cast<object?>().Select(p => p?.ToString() ?? "")] : [value?.ToString() ?? ""];
}
