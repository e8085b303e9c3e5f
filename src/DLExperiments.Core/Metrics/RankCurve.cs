namespace DLExperiments.Metrics;

/// <summary>What a class's probability is worth as a score: true and false positives at every threshold, and the areas under the curves.</summary>
internal sealed class RankCurve
{
    /// <summary>Counts at thresholds; rows of equal score share one.</summary>
    internal RankCurve(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        int[] order = [.. Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i])];
        double hits = 0, alarms = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (positive[order[i]]) hits++;
            else alarms++;
            if (i + 1 < order.Length && scores[order[i + 1]] == scores[order[i]]) continue;
            Hits.Add(hits);
            Alarms.Add(alarms);
            Thresholds.Add(scores[order[i]]);
        }
        Positives = hits;
        Negatives = alarms;
    }

    internal List<double> Thresholds { get; } = [];

    internal List<double> Hits { get; } = [];

    internal List<double> Alarms { get; } = [];

    internal double Positives { get; }

    internal double Negatives { get; }

    /// <summary>Area under true against false positive rate, by trapezia: ties count half. NaN without both sorts of rows.</summary>
    internal double RocArea
    {
        get
        {
            if (Positives == 0 || Negatives == 0) return double.NaN;
            double area = 0, hits = 0, alarms = 0;
            for (int i = 0; i < Hits.Count; i++)
            {
                area += (Alarms[i] - alarms) * (Hits[i] + hits) / 2;
                (hits, alarms) = (Hits[i], Alarms[i]);
            }
            return area / (Positives * Negatives);
        }
    }

    /// <summary>Average precision, Σ (Rᵢ - Rᵢ₋₁) Pᵢ. NaN without a positive row.</summary>
    internal double AveragePrecision
    {
        get
        {
            if (Positives == 0) return double.NaN;
            double sum = 0, hits = 0;
            for (int i = 0; i < Hits.Count; i++)
            {
                sum += (Hits[i] - hits) * Hits[i] / (Hits[i] + Alarms[i]);
                hits = Hits[i];
            }
            return sum / Positives;
        }
    }

    /// <summary>The curve of one class of a table, or of its second class when there are two.</summary>
    internal static RankCurve Of(ClassTable table, double[][] probabilities, int c) =>
        new([.. probabilities.Select(p => p[c])], [.. table.Actual.Select(a => a == c)]);

    /// <summary>An area over the classes: of two classes that of the second, of more each against the rest.</summary>
    internal static double Areas(ClassTable table, double[][] probabilities, Average average, Func<RankCurve, double> area)
    {
        if (table.Names.Length == 2) return area(Of(table, probabilities, 1));
        if (average == Average.Micro)
            return area(new RankCurve([.. probabilities.SelectMany(p => p)], [.. table.Actual.SelectMany(a => Enumerable.Range(0, table.Names.Length).Select(c => c == a))]));
        double sum = 0, weights = 0;
        for (int c = 0; c < table.Names.Length; c++)
        {
            RankCurve curve = Of(table, probabilities, c);
            if (double.IsNaN(area(curve))) continue; // a class that does not occur has no curve
            double weight = average == Average.Weighted ? curve.Positives : 1;
            sum += weight * area(curve);
            weights += weight;
        }
        return weights == 0 ? double.NaN : sum / weights;
    }
}
