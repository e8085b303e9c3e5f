using DLExperiments.Errors;
using DLExperiments.Randomness;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Sweeps.Tables;

/// <summary>How much of the differences between trials one parameter explains.</summary>
public sealed record ParameterImportance
{
    private const int Trees = 100, FewestTrials = 8;

    /// <summary>Place in the order, 1 for the most important.</summary>
    public required int Rank { get; init; }

    /// <summary>The parameter.</summary>
    public required string Parameter { get; init; }

    /// <summary>Its share of what all parameters explain, 0 to 1.</summary>
    public required double Importance { get; init; }

    /// <summary>The share of the variance that all parameters together explain in trials that the model did not see, at most 1; near 0 or below it the shares mean nothing.</summary>
    public required double Explained { get; init; }

    /// <summary>How many settings it was judged by.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// Judges the parameters of a sweep: a random forest predicts the ranks of the costs, and a parameter is as important as the prediction of unseen settings gets worse when
    /// its values are shuffled (Breiman 2001). Ranks, because one diverged training would outweigh all others.
    /// </summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="trials">Its trials; those that ran to their end count, each setting by its mean.</param>
    /// <exception cref="ExperimentException">TooFewTrials.</exception>
    public static IReadOnlyList<ParameterImportance> Of(SweepPlan plan, IReadOnlyList<SweepTrial> trials)
    {
        var points = trials.Where(t => t.State == TrialState.Finished && t.Parameters is not null).GroupBy(t => t.Point)
            .Select(g => (Place: plan.Space.PlaceOf(Flat(g.First())), Cost: plan.Objectives[0].CostOf(g.Average(t => t.Value!.Value)))).ToArray();
        if (points.Length < FewestTrials)
            throw new ExperimentException("TooFewTrials", ErrorKind.InvalidOperation, $"Importance needs at least {FewestTrials} settings that ran to their end; there are {points.Length}.", points.Length);
        double[] sorted = [.. points.Select(p => p.Cost).Order()];
        double[] ranks = [.. points.Select(p => Array.BinarySearch(sorted, p.Cost) / (double)points.Length)];
        // A dimension that did not count lies beside all others.
        double[][] places = [.. points.Select(p => p.Place.Select(u => double.IsNaN(u) ? -1 : u).ToArray())];
        (double[] losses, double explained) = Judge(places, ranks, plan.Seed);
        double sum = losses.Sum(l => Math.Max(l, 0));
        return [.. plan.Space.Entries.Select((e, d) => (e.Name, Share: sum > 0 ? Math.Max(losses[d], 0) / sum : 0)).OrderByDescending(e => e.Share)
            .Select((e, i) => new ParameterImportance { Rank = i + 1, Parameter = e.Name, Importance = e.Share, Explained = explained, Count = points.Length })];
    }

    private static Dictionary<string, object?> Flat(SweepTrial trial) => new(trial.Parameters!.Columns, StringComparer.OrdinalIgnoreCase);

    private static (double[] Losses, double Explained) Judge(double[][] x, double[] y, long seed)
    {
        int n = x.Length, dimensions = x[0].Length;
        double[] losses = new double[dimensions], predicted = new double[n];
        int[] votes = new int[n];
        for (int t = 0; t < Trees; t++)
        {
            var random = new RandomStream(seed, RandomPurpose.Sweep, -1, t);
            int[] drawn = [.. Enumerable.Range(0, n).Select(_ => random.NextInt32(n))];
            int[] unseen = [.. Enumerable.Range(0, n).Except(drawn)];
            if (unseen.Length == 0) continue;
            var tree = new RegressionTree(x, y, drawn, random);
            double error = 0;
            foreach (int i in unseen)
            {
                double value = tree.Predict(x[i]);
                predicted[i] += value;
                votes[i]++;
                error += (value - y[i]) * (value - y[i]);
            }
            for (int d = 0; d < dimensions; d++)
            {
                int[] shuffled = [.. random.NextPermutation(unseen.Length).Select(k => unseen[k])];
                double worse = 0;
                for (int k = 0; k < unseen.Length; k++)
                {
                    double[] row = (double[])x[unseen[k]].Clone();
                    row[d] = x[shuffled[k]][d];
                    double value = tree.Predict(row);
                    worse += (value - y[unseen[k]]) * (value - y[unseen[k]]);
                }
                losses[d] += (worse - error) / unseen.Length / Trees;
            }
        }
        int[] judged = [.. Enumerable.Range(0, n).Where(i => votes[i] > 0)];
        double mean = judged.Average(i => y[i]), variance = judged.Sum(i => (y[i] - mean) * (y[i] - mean));
        return (losses, variance > 0 ? 1 - judged.Sum(i => Math.Pow(predicted[i] / votes[i] - y[i], 2)) / variance : 0);
    }
}
