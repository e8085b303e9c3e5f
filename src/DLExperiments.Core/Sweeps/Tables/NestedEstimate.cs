using DLExperiments.Errors;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Sweeps.Tables;

/// <summary>
/// How good a way to choose a setting is, on rows that neither training nor choice has seen: each outer fold is held out once, while a setting is chosen and trained on the others.
/// </summary>
public sealed record NestedEstimate
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>How many outer folds have been measured.</summary>
    public required int Count { get; init; }

    /// <summary>Mean over the outer folds.</summary>
    public required double Mean { get; init; }

    /// <summary>Sample standard deviation of the outer folds; null for one.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>
    /// Lower end of the 95 % confidence interval of the mean (Student's t over the outer folds); null for one. Training rows are shared by the folds, which therefore
    /// vary less than independent ones would: take the interval as a narrow one.
    /// </summary>
    public double? Low { get; init; }

    /// <summary>Upper end.</summary>
    public double? High { get; init; }

    /// <summary>Mean of what the inner folds promised for the chosen settings.</summary>
    public required double Selected { get; init; }

    /// <summary>The outer folds, each with the setting chosen in it.</summary>
    public required NestedFold[] Folds { get; init; }

    /// <summary>Sums up a nested cross-validation as far as it has come.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The estimate; null as long as no outer fold has been measured.</returns>
    public static NestedEstimate? Of(NestedFolder folder)
    {
        NestedFold[] folds = [.. Enumerable.Range(0, folder.OuterFolds).Select(f => Read(folder, f)).OfType<NestedFold>()];
        if (folds.Length == 0) return null;
        var summary = new SampleSummary(folds.Select(f => f.Value));
        bool several = summary.Count > 1;
        return new NestedEstimate
        {
            Metric = folder.Plan.Objectives[0].Metric, Count = summary.Count, Mean = summary.Mean, StandardDeviation = several ? summary.StandardDeviation : null,
            Low = several ? summary.Mean - summary.HalfWidth95 : null, High = several ? summary.Mean + summary.HalfWidth95 : null,
            Selected = folds.Average(f => f.Selected), Folds = folds,
        };
    }

    /// <summary>The best setting of a selection whose trials have ended.</summary>
    /// <param name="selection">The selection.</param>
    /// <exception cref="ExperimentException">NoFinishedTrial.</exception>
    public static SettingSummary Choose(SweepFolder selection) => SettingSummary.Of(selection.Plan, SweepTable.Read(selection)).FirstOrDefault()
        ?? throw new ExperimentException("NoFinishedTrial", ErrorKind.InvalidOperation, $"No trial of '{selection.Path}' ran to its end, so that there is no best setting.", selection.Path);

    private static NestedFold? Read(NestedFolder folder, int fold)
    {
        if (!SweepFolder.Exists(folder.EstimatePath(fold))) return null;
        SweepFolder estimate = SweepFolder.Open(folder.EstimatePath(fold));
        IReadOnlyList<SweepTrial> trials = SweepTable.Read(estimate);
        if (trials.Count < estimate.Plan.TrialCount || trials.Any(t => t.State != TrialState.Finished)) return null;
        return new NestedFold
        {
            Fold = fold, Value = trials.Average(t => t.Value!.Value), Selected = Choose(SweepFolder.Open(folder.SelectionPath(fold))).Mean, Parameters = trials[0].Parameters!,
        };
    }
}
