using System.Management.Automation;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Draws objects of the pipeline into an SVG or PNG file.</summary>
/// <remarks>
/// The ending of the path decides: .svg is text that scales, .png is pixels. Colours can be told apart with any colour vision; lines,
/// shapes and labels differ too. Kinds and settings complete with Tab; a value that is missing is a gap.
/// </remarks>
[Cmdlet(VerbsData.Export, "Plot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPlotCommand : PlotCommand
{
    private string path = "";

    /// <summary>The file to write, ending in .svg or .png.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>For PNG: pixels of the file for each pixel of width and height, 0.25 to 8; 2 is crisp on dense screens and in print.</summary>
    [Parameter]
    [ValidateRange(.25, 8)]
    public double Scale { get; set; } = 2;

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        path = ResolveTarget(Path, Force);
        PlotFile.IsPng(path);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Plot plot = CreatePlot();
        if (!ShouldProcess(path, "Export plot")) return;
        PlotFile.Export(plot, CollectData(), path, Force, Scale);
        if (PassThru) WriteFile(path);
    }
}
