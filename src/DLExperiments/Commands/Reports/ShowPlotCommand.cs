using System.Management.Automation;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Draws objects of the pipeline in the terminal, with Braille dots and blocks.</summary>
/// <remarks>The lines are written as text, so they can be kept in a file. Kinds and settings are those of Export-Plot.</remarks>
[Cmdlet(VerbsCommon.Show, "Plot")]
[OutputType(typeof(string))]
public sealed class ShowPlotCommand : PlotCommand
{
    /// <summary>Characters in a line, 30 to 1000; by default the width of the terminal, at most 120.</summary>
    [Parameter]
    [ValidateRange(30, 1000)]
    public int? Width { get; set; }

    /// <summary>Lines of each chart, 8 to 500.</summary>
    [Parameter]
    [ValidateRange(8, 500)]
    public int Height { get; set; } = 18;

    /// <summary>Leaves colours out; they also are when the environment variable NO_COLOR is set or the terminal has none.</summary>
    [Parameter]
    public SwitchParameter NoColor { get; set; }

    /// <inheritdoc/>
    protected override string[] Own => [nameof(Width), nameof(Height)];

    /// <inheritdoc/>
    protected override void End() =>
        WriteObject(PlotFile.ToText(CreatePlot(), CollectData(), Width ?? TerminalWidth.Of(Host), Height, !NoColor && TerminalWidth.HasColour(Host)), enumerateCollection: true);
}
