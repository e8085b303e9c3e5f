using System.Management.Automation;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Reads the trials of a sweep: while it runs, after it was killed, from another machine.</summary>
/// <remarks>
/// A row has the trial's State, Value, parameters, metrics and all plain properties of its output, so that it sorts, groups and exports. Running trials have their parameters and how long they have been
/// at it; Interrupted ones lost their process and are begun again by the next worker.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "Trial", DefaultParameterSetName = "Trials")]
[OutputType(typeof(SweepTrial), typeof(SettingSummary), typeof(ParameterImportance))]
public sealed class GetTrialCommand : ExperimentCommand
{
    /// <summary>The sweep's folder.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>Which trials, from 0; all by default.</summary>
    [Parameter(ParameterSetName = "Trials")]
    [ValidateNotNullOrEmpty]
    public int[] Index { get; set; } = [];

    /// <summary>Only trials in these states; all but Waiting by default.</summary>
    [Parameter(ParameterSetName = "Trials")]
    [ValidateNotNullOrEmpty]
    public TrialState[] State { get; set; } = [];

    /// <summary>Only the best trial; with several metrics all that no other beats (the Pareto front).</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Best")]
    public SwitchParameter Best { get; set; }

    /// <summary>One row for each setting, best first: mean over seeds and folds, standard deviation, confidence interval, and the paired test against the best.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Summary")]
    public SwitchParameter Summary { get; set; }

    /// <summary>One row for each parameter: how much of the differences between settings it explains.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Importance")]
    public SwitchParameter Importance { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        SweepFolder folder = SweepFolder.Open(ResolveTarget(Path));
        IReadOnlyList<SweepTrial> trials = SweepTable.Read(folder, State.Contains(TrialState.Waiting), Index.Length > 0 ? Index : null);
        if (Importance)
        {
            WriteObject(ParameterImportance.Of(folder.Plan, trials), enumerateCollection: true);
            return;
        }
        if (Summary)
        {
            foreach (SettingSummary setting in SettingSummary.Of(folder.Plan, trials))
            {
                var row = new PSObject(setting);
                foreach (SpaceEntry entry in folder.Plan.Space.Entries) row.Properties.Add(new PSNoteProperty(entry.Name, setting.Parameters.Columns.GetValueOrDefault(entry.Name)));
                WriteObject(row);
            }
            return;
        }
        if (Best) trials = SweepTable.Best(folder.Plan, trials);
        else if (State.Length > 0) trials = [.. trials.Where(t => State.Contains(t.State))];
        WriteObject(TrialRow.Of(folder.Plan, trials), enumerateCollection: true);
    }
}
