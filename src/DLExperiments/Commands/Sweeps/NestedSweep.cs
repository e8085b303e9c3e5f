using System.Diagnostics;
using System.Management.Automation;
using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Runs a nested cross-validation that is in its folder: for each outer fold a sweep on its training rows, and the setting that it chose on the held-out ones.</summary>
internal sealed class NestedSweep(Cmdlet cmdlet, NestedFolder folder, TrialCode code, Dataset data, RowGroups? groups, TrialSession session, Launcher launcher)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>How many trials run at once.</summary>
    internal required int Workers { get; init; }

    /// <summary>After what time no new trial is begun; null for no limit.</summary>
    internal TimeSpan? MaxTime { get; init; }

    /// <summary>The rows of each outer fold: Train to choose and train on, Validation to measure on.</summary>
    internal static IReadOnlyList<Dataset> Deal(Dataset data, int count, bool stratify, long seed, RowGroups? groups, Action<string> warn) =>
        new Folds { Count = count, Stratify = stratify, Groups = groups?.Of(data.Train ?? data) ?? [], Seed = seed }.Split(data.Train ?? data, warn);

    /// <summary>Refuses trials that would choose by the rows that an estimate holds out.</summary>
    /// <exception cref="ExperimentException">LeakingEstimate; InvalidSweep: there are several metrics, or no inner folds.</exception>
    internal static void Check(SweepPlan plan, TrialCode code)
    {
        if (plan.Objectives.Count > 1) throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, "-OuterFold chooses one setting in each fold and needs one -Metric.");
        if (plan.Folds < 2) throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, "-OuterFold estimates, and inner folds choose: give -Fold too, such as -OuterFold 5 -Fold 5.");
        string metric = plan.Objectives[0].Metric;
        if (metric.StartsWith("Best", StringComparison.OrdinalIgnoreCase))
            throw Leak($"{metric} is that of the best epoch by the held-out rows; use -Metric Final{metric[4..]}, and vary Epochs in the space", metric);
        if (code.Training["EarlyStopping"] is not null || plan.Space.Names.Contains("EarlyStopping", StringComparer.OrdinalIgnoreCase))
            throw Leak("EarlyStopping ends by the held-out rows; vary Epochs in the space instead", "EarlyStopping");
        if ((code.Training["Schedule"]?.ToJsonString() ?? "").Contains("Plateau", StringComparison.OrdinalIgnoreCase) || plan.Space.Entries.Any(e => e.Name == "Schedule" && e.ToString().Contains("Plateau", StringComparison.OrdinalIgnoreCase)))
            throw Leak("the schedule Plateau goes by the held-out rows; take another", "Schedule");
    }

    /// <summary>Runs what is left.</summary>
    /// <returns>The estimate; null when the time was over before its end.</returns>
    internal NestedEstimate? Run(CancellationToken cancellation)
    {
        IReadOnlyList<Dataset> outer = Deal(data, folder.OuterFolds, folder.Stratify, folder.Plan.Seed, groups, cmdlet.WriteWarning);
        for (int fold = 0; fold < outer.Count; fold++)
        {
            if (Select(folder.SelectionPath(fold), outer[fold].Train!, cancellation) is not { } selection) return null;
            SettingSummary best = NestedEstimate.Choose(selection);
            double[] place = selection.Read(best.Point * selection.Plan.TrialsPerPoint)!.Place;
            var rows = TrialData.Deal(outer[fold], 1, false, 0, null, cmdlet.WriteWarning);
            SweepFolder estimate = folder.BeginEstimate(fold, place, rows.Fingerprint, code.Files);
            Make(estimate, rows).Run(_ => { }, cancellation);
            foreach (SweepTrial trial in SweepTable.Read(estimate)) Judge(fold, trial);
            if (!IsOver(estimate)) return null;
        }
        return NestedEstimate.Of(folder);
    }

    /// <summary>Chooses a setting on all rows, as it was chosen in each fold, and trains it on all of them.</summary>
    /// <returns>The output of the trial as it is; null when the time was over.</returns>
    internal object? Refit(CancellationToken cancellation)
    {
        Dataset all = data.Train ?? data;
        return Select(folder.FinalPath, all, cancellation) is { } selection ? Make(selection, Inner(all)).Refit(folder.Plan.Seed, cancellation) : null;
    }

    private SweepFolder? Select(string path, Dataset rows, CancellationToken cancellation)
    {
        TrialData inner = Inner(rows);
        SweepFolder selection = folder.BeginSelection(path, inner.Fingerprint, code.Files);
        Make(selection, inner).Run(_ => { }, cancellation);
        return IsOver(selection) ? selection : null;
    }

    private TrialData Inner(Dataset rows) => TrialData.Deal(rows, folder.Plan.Folds, folder.Stratify, folder.Plan.Seed, groups, cmdlet.WriteWarning);

    private SweepRun Make(SweepFolder sweep, TrialData rows) => new(cmdlet, sweep, code, rows, session, launcher)
    {
        Workers = Workers, MaxTime = MaxTime is { } most ? TimeSpan.FromTicks(Math.Max(0, (most - clock.Elapsed).Ticks)) : null,
    };

    private static bool IsOver(SweepFolder sweep) => Enumerable.Range(0, sweep.Plan.TrialCount).All(i => sweep.Read(i) is not null);

    private static void Judge(int fold, SweepTrial trial)
    {
        if (trial.State == TrialState.Failed)
            throw new ExperimentException("OuterFoldFailed", ErrorKind.InvalidOperation, $"The setting chosen in outer fold {fold} ({trial.Parameters}) failed on all its training rows: {trial.ErrorId}: {trial.Error}", trial.Path);
        if (trial.Output["StopReason"]?.ToString() == "EarlyStopping") throw Leak("the trial stopped early by the held-out rows; let it train for a number of epochs that is in the space", trial.Path);
    }

    private static ExperimentException Leak(string why, object target) =>
        new("LeakingEstimate", ErrorKind.InvalidArgument, $"The rows that an outer fold holds out may decide nothing in training, but {why}.", target);
}
