namespace DLExperiments.Metrics;

/// <summary>A mean of values, one or several for each row; of classified rows also of each actual class.</summary>
/// <param name="read">The values of some rows with the index of the row's class, -1 where rows have none.</param>
/// <param name="finish">Makes the metric of the mean; null for the mean itself.</param>
internal sealed class MeanTally(Func<PredictionSet, IEnumerable<(double Value, int Class)>> read, Func<double, double>? finish = null) : MetricTally
{
    private readonly List<double> sums = [0], counts = [0]; // all rows, then each class
    private string[] names = [];

    internal override double Value => Mean(0);

    internal override IReadOnlyList<ClassValue> Classes => [.. names.Select((name, c) => new ClassValue(name, Mean(c + 1), c + 1 < counts.Count ? (long)counts[c + 1] : 0))];

    internal override void Add(PredictionSet rows)
    {
        foreach ((double value, int c) in read(rows))
        {
            Add(0, value);
            if (c >= 0) Add(c + 1, value);
        }
        if (sums.Count > 1) names = rows.Classes.Names;
    }

    internal override double[] Export() => [.. sums, .. counts];

    internal override void Import(double[] state)
    {
        sums.Clear();
        counts.Clear();
        sums.AddRange(state[..(state.Length / 2)]);
        counts.AddRange(state[(state.Length / 2)..]);
    }

    private void Add(int place, double value)
    {
        while (sums.Count <= place)
        {
            sums.Add(0);
            counts.Add(0);
        }
        sums[place] += value;
        counts[place]++;
    }

    private double Mean(int place)
    {
        double mean = place < counts.Count && counts[place] > 0 ? sums[place] / counts[place] : double.NaN;
        return finish is null ? mean : finish(mean);
    }
}
