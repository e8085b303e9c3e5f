using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Goes on with a sweep: runs the trials that are left and writes all of them.</summary>
/// <remarks>
/// Finished trials are never run again. Trials whose process was killed are begun anew, or from their checkpoints. What cannot be kept in files has to be given again: -Dataset, which is
/// compared with that of the beginning, and the variables that a script block takes with $using:. Several Resume-Sweep may work on one folder at once.
/// </remarks>
[Cmdlet(VerbsLifecycle.Resume, "Sweep", SupportsShouldProcess = true)]
[OutputType(typeof(SweepTrial), typeof(NestedEstimate))]
public sealed class ResumeSweepCommand : SweepCommand
{
    /// <summary>The sweep's folder.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>How many settings the sweep shall have in all, to go on beyond its end.</summary>
    [Parameter]
    [ValidateRange(1, 10_000_000)]
    public int? Trials { get; set; }

    /// <summary>Runs trials again that failed.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (NestedFolder.Exists(ResolveTarget(Path)))
        {
            ResumeNested(NestedFolder.Open(ResolveTarget(Path)));
            return;
        }
        SweepFolder folder = SweepFolder.Open(ResolveTarget(Path));
        TrialCode code = TrialCode.Of(folder);
        SweepPlan plan = folder.Plan;
        var data = TrialData.Deal(Dataset, Dataset is null ? 1 : plan.Folds, plan.Data.EndsWith(TrialData.Stratified, StringComparison.Ordinal), plan.Seed, MakeGroups(plan.Folds > 1), WriteWarning);
        data.Check(plan, folder.Path);
        Launcher launcher = MakeLauncher();
        CheckShared(launcher, code, Dataset is not null);
        if (!ShouldProcess(folder.Path, "Go on with the sweep")) return;
        if (Trials is { } more) folder = folder.Extend(more);
        if (RetryFailed) ForgetFailed(folder);
        RunSweep(folder, code, data, launcher);
    }

    private void ResumeNested(NestedFolder folder)
    {
        if (Trials is not null) throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, "A nested sweep cannot be given more trials: the settings that were chosen would be others.", Path);
        if (folder.Sweeps.FirstOrDefault() is not { } first) throw new ExperimentException("SweepNotFound", ErrorKind.NotFound, $"The nested sweep in '{folder.Path}' has not begun; begin it again with Invoke-Sweep -Resume.", Path);
        TrialCode code = TrialCode.Of(first);
        TrialData.Deal(Dataset, 1, false, 0, MakeGroups(isFolded: true), WriteWarning).Check(folder.Plan, folder.Path);
        Launcher launcher = MakeLauncher();
        CheckShared(launcher, code, hasData: true);
        if (!ShouldProcess(folder.Path, "Go on with the nested sweep")) return;
        if (RetryFailed)
            foreach (SweepFolder sweep in folder.Sweeps) ForgetFailed(sweep);
        RunNested(folder, code, Dataset!, launcher);
    }

    private static void ForgetFailed(SweepFolder folder)
    {
        foreach (SweepTrial failed in SweepTable.Read(folder).Where(t => t.State == TrialState.Failed)) folder.Forget(failed.Trial);
    }
}
