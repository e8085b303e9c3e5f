using DLExperiments.Evaluation.Statistics;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Sweeps.Tables;

/// <summary>All trials of one setting together: over seeds and folds the mean, how sure it is, and whether another setting is really worse than the best.</summary>
public sealed record SettingSummary
{
    /// <summary>Place in the order, 1 for the best mean.</summary>
    public required int Rank { get; init; }

    /// <summary>Which point of the sweep, from 0.</summary>
    public required int Point { get; init; }

    /// <summary>The parameters.</summary>
    public required Setting Parameters { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>How many trials ended well.</summary>
    public required int Count { get; init; }

    /// <summary>Their mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Sample standard deviation; null for one trial.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Lower end of the 95 % confidence interval of the mean (Student's t); null for one trial.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end.</summary>
    public double? High { get; init; }

    /// <summary>Mean difference from the best setting in trials of the same seed and fold; null for the best.</summary>
    public double? Difference { get; init; }

    /// <summary>Two-sided probability of such a difference if there were none (paired t test); null for the best and for fewer than two pairs.</summary>
    public double? PValue { get; init; }

    /// <summary>How many trials were given up or failed.</summary>
    public required int Incomplete { get; init; }

    /// <summary>Sums up a sweep by settings, best first. Settings of which no trial ran to its end are left out.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="trials">Its trials.</param>
    public static IReadOnlyList<SettingSummary> Of(SweepPlan plan, IReadOnlyList<SweepTrial> trials)
    {
        SweepObjective objective = plan.Objectives[0];
        var groups = trials.Where(t => t.Parameters is not null).GroupBy(t => t.Point)
            .Select(g => (Point: g.Key, All: g.ToArray(), Good: g.Where(t => t.State == TrialState.Finished).ToDictionary(t => $"{t.Seed}/{t.Fold}", t => t.Value!.Value)))
            // A setting with trials that were given up or failed has no mean over all seeds and folds: those that have come first.
            .Where(g => g.Good.Count > 0).OrderBy(g => g.All.Length - g.Good.Count).ThenBy(g => objective.CostOf(g.Good.Values.Average())).ThenBy(g => g.Point).ToArray();
        return [.. groups.Select((g, i) =>
        {
            var summary = new SampleSummary(g.Good.Values);
            PairedTest? test = i == 0 ? null : new PairedTest(g.Good, groups[0].Good);
            return new SettingSummary
            {
                Rank = i + 1, Point = g.Point, Parameters = g.All[0].Parameters!, Metric = objective.Metric, Count = summary.Count, Mean = summary.Mean,
                StandardDeviation = summary.Count > 1 ? summary.StandardDeviation : null,
                Low = summary.Count > 1 ? summary.Mean - summary.HalfWidth95 : null, High = summary.Count > 1 ? summary.Mean + summary.HalfWidth95 : null,
                Difference = test?.Count > 0 ? test.Difference.Mean : null, PValue = test?.PValue, Incomplete = g.All.Length - g.Good.Count,
            };
        })];
    }
}
