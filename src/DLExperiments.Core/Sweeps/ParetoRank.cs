namespace DLExperiments.Sweeps;

/// <summary>Orders points by several costs at once: a point beats another when none of its costs is higher and one is lower.</summary>
public static class ParetoRank
{
    /// <summary>The front of each point.</summary>
    /// <param name="costs">The costs of each point, lower is better; with a NaN a point belongs to no front.</param>
    /// <returns>0 for points that none beats, 1 for those that only such beat, and so on; NaN for points with a NaN.</returns>
    public static double[] Of(IReadOnlyList<double[]> costs)
    {
        double[] rank = new double[costs.Count];
        var left = new List<int>();
        for (int i = 0; i < costs.Count; i++)
        {
            rank[i] = double.NaN;
            if (!costs[i].Any(double.IsNaN)) left.Add(i);
        }
        for (int front = 0; left.Count > 0; front++)
        {
            int[] best = [.. left.Where(i => !left.Any(j => Beats(costs[j], costs[i])))];
            foreach (int i in best) rank[i] = front;
            left.RemoveAll(best.Contains);
        }
        return rank;
    }

    private static bool Beats(double[] a, double[] b)
    {
        bool lower = false;
        for (int k = 0; k < a.Length; k++)
        {
            if (a[k] > b[k]) return false;
            lower |= a[k] < b[k];
        }
        return lower;
    }
}
