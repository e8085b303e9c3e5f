using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Compares runs: groups of repeats by the settings in which they differ, with paired statistics over seeds.</summary>
/// <remarks>
/// <para>Settings are all options of the trainings, the network, and notes that a script added; those that are alike everywhere are left out.
/// Without -Baseline each group is compared with the first.</para>
/// <para>With -Baseline all runs together are compared with the stored ones, and a number that is worse beyond its confidence interval (and -Tolerance) ends the
/// command with the error MetricRegressed, so that a script stops with a failure (exit code 1). Metrics, as Measure-Model -Metric -Bootstrap
/// gives them, are compared each with the stored one of its name, and are worse when they lie outside of its interval.</para>
/// </remarks>
[Cmdlet(VerbsData.Compare, "Experiment")]
[OutputType(typeof(ExperimentComparison))]
public sealed class CompareExperimentCommand : ExperimentCommand
{
    private readonly List<PSObject> runs = [];

    /// <summary>The runs: results of trainings, or rows of a CSV file with their properties.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property that is compared.</summary>
    [Parameter(Position = 0)]
    public string Metric { get; set; } = "BestValidationLoss";

    /// <summary>The properties that make groups; by default the settings in which the runs differ. Seed pairs them.</summary>
    [Parameter]
    public string[]? By { get; set; }

    /// <summary>The runs to compare with, such as Import-Csv gives them.</summary>
    [Parameter]
    public PSObject[]? Baseline { get; set; }

    /// <summary>A higher value is better; by default it is when the metric's name says neither Loss nor Error.</summary>
    [Parameter]
    public SwitchParameter HigherIsBetter { get; set; }

    /// <summary>With -Baseline: by how much a number may be worse, in its own unit; beyond it and the confidence interval it has regressed. A single run has no interval, so that without a tolerance any difference counts.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double Tolerance { get; set; }

    /// <inheritdoc/>
    protected override void Process() => runs.Add(InputObject);

    /// <inheritdoc/>
    protected override void End()
    {
        PlotData data = PlotSource.Of(runs);
        if (Baseline is null)
        {
            WriteObject(ExperimentGroups.Compare(data, Metric, By), enumerateCollection: true);
            return;
        }
        (IReadOnlyList<ExperimentComparison> all, IReadOnlyList<ExperimentComparison> worse) = ExperimentGroups.Gate(data, PlotSource.Of(Baseline), Metric,
            MyInvocation.BoundParameters.ContainsKey(nameof(HigherIsBetter)) ? HigherIsBetter : null, Tolerance);
        WriteObject(all, enumerateCollection: true);
        if (worse.Count > 0)
            throw new ExperimentException("MetricRegressed", ErrorKind.InvalidOperation, string.Join(" ", worse.Select(w => FormattableString.Invariant(
                $"{(w.Name == "runs" ? w.Metric : w.Name)} is worse than the baseline's: {w.Mean:G6}, difference {w.Difference:G4}{(w.DifferenceLow is null ? "" : $" (95 % interval {w.DifferenceLow:G4} to {w.DifferenceHigh:G4})")}."))), worse);
    }
}
