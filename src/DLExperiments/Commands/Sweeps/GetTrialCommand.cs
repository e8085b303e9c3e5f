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
[OutputType(typeof(SweepTrial), typeof(SettingSummary), typeof(ParameterImportance), typeof(NestedEstimate))]
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

    /// <summary>One row for each setting, best first: mean over seeds and folds, standard deviation, confidence interval, and the paired test against the best. Of a nested sweep its estimate.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Summary")]
    public SwitchParameter Summary { get; set; }

    /// <summary>One row for each parameter: how much of the differences between settings it explains.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Importance")]
    public SwitchParameter Importance { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string path = ResolveTarget(Path);
        if (!NestedFolder.Exists(path))
        {
            WriteObject(Read(SweepFolder.Open(path)), enumerateCollection: true);
            return;
        }
        NestedFolder nested = NestedFolder.Open(path);
        if (Summary)
        {
            if (NestedEstimate.Of(nested) is { } estimate) WriteObject(estimate);
            return;
        }
        // The best of a nested sweep are the settings that were chosen, as they were measured on held-out rows; all else is about the choice.
        for (int fold = 0; fold < nested.OuterFolds; fold++)
        {
            string sweep = Best ? nested.EstimatePath(fold) : nested.SelectionPath(fold);
            if (!SweepFolder.Exists(sweep)) continue;
            foreach (PSObject row in Read(SweepFolder.Open(sweep)))
            {
                row.Properties.Add(new PSNoteProperty("OuterFold", fold));
                WriteObject(row);
            }
        }
    }

    private IEnumerable<PSObject> Read(SweepFolder folder)
    {
        foreach (int index in Index) folder.RequireTrial(index);
        IReadOnlyList<SweepTrial> trials = SweepTable.Read(folder, State.Contains(TrialState.Waiting), Index.Length > 0 ? Index : null);
        if (Importance) return ParameterImportance.Of(folder.Plan, trials).Select(i => new PSObject(i));
        if (Summary) return SettingSummary.Of(folder.Plan, trials).Select(s => Row(folder.Plan.Space, s));
        if (Best) trials = SweepTable.Best(folder.Plan, trials);
        else if (State.Length > 0) trials = [.. trials.Where(t => State.Contains(t.State))];
        return TrialRow.Of(folder.Plan, trials);
    }

    private static PSObject Row(SweepSpace space, SettingSummary setting)
    {
        var row = new PSObject(setting);
        foreach (SpaceEntry entry in space.Entries) row.Properties.Add(new PSNoteProperty(entry.Name, setting.Parameters.Columns.GetValueOrDefault(entry.Name)));
        return row;
    }
}
