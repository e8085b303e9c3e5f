using System.Management.Automation;
using System.Text;
using DLExperiments.Commands.Reports;
using DLExperiments.Reports.Plots.Terminal;
using DLExperiments.Training.Curves;

namespace DLExperiments.Commands.Training;

/// <summary>Follows a training of another terminal: redraws its learning curve and last epochs until it ends.</summary>
/// <remarks>
/// It reads files only, so it can watch any training on the machine or on a shared disk, and disturbs none. A training has ended when no process
/// holds its files any more; Ctrl+C ends the watching alone. Where the output is not a terminal, each new state is written as lines.
/// </remarks>
[Cmdlet(VerbsCommon.Watch, "Training")]
[OutputType(typeof(string))]
public sealed class WatchTrainingCommand : ExperimentCommand
{
    /// <summary>The learning curve, or the folder of the run: that of Invoke-Training -Checkpoint, or one that has a learning curve in it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "LearningCurve", "Checkpoint")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What is drawn: Loss, Accuracy or a metric of the training.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Metric { get; set; } = "Loss";

    /// <summary>Seconds between two looks at the files, 0.1 to 3600.</summary>
    [Parameter]
    [ValidateRange(.1, 3600)]
    public double Interval { get; set; } = 1;

    /// <summary>Writes the state as it is now as lines, and ends.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>Characters in a line, 30 to 1000; by default the width of the terminal, at most 120.</summary>
    [Parameter]
    [ValidateRange(30, 1000)]
    public int? Width { get; set; }

    /// <summary>Lines of the chart, 8 to 500.</summary>
    [Parameter]
    [ValidateRange(8, 500)]
    public int Height { get; set; } = 14;

    /// <summary>How many of the last epochs are in the table, 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int Rows { get; set; } = 5;

    /// <summary>Leaves colours out; they also are when the environment variable NO_COLOR is set or the terminal has none.</summary>
    [Parameter]
    public SwitchParameter NoColor { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        CurveWatch watch = CurveWatch.Open(ResolveTarget(Path));
        bool terminal = !Once && CanRedraw, colour = !NoColor && TerminalWidth.HasColour(Host);
        IReadOnlyList<string> before = [];
        while (true)
        {
            // Asked before reading: what was written until the end is then read.
            bool running = !Once && watch.IsWritten();
            LearningCurve curve = watch.Read();
            List<string> lines = [.. CurveView.Draw(curve, watch.Epochs, Metric, Width ?? TerminalWidth.Of(Host), Height, Rows, colour)];
            if (!Once && !running) lines.Add("The training has ended.");
            if (!lines.SequenceEqual(before)) Show(lines, before, terminal);
            before = lines;
            if (!running) return;
            Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(Interval));
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether what was written can be drawn over: the terminal knows its sequences, and the output goes nowhere else.</summary>
    private bool CanRedraw => Host?.UI is { SupportsVirtualTerminal: true } && !Console.IsOutputRedirected && MyInvocation.PipelinePosition == MyInvocation.PipelineLength;

    private void Show(List<string> lines, IReadOnlyList<string> before, bool terminal)
    {
        if (!terminal)
        {
            WriteObject(lines, enumerateCollection: true);
            return;
        }
        // Up to where the last state began, and clear from there.
        var text = new StringBuilder(before.Count > 0 ? $"\u001b[{before.Count}A\u001b[J" : "");
        foreach (string line in lines) text.Append(line).Append('\n');
        Host.UI.Write(text.ToString());
    }
}
