namespace DLExperiments.Metrics;

/// <summary>Keeps the probabilities of all rows, since an area under a curve depends on their order.</summary>
/// <param name="metric">The metric's name, for messages.</param>
/// <param name="average">How the classes' areas become one.</param>
/// <param name="area">The area under one class's curve.</param>
internal sealed class RankTally(string metric, Average average, Func<RankCurve, double> area) : MetricTally
{
    private readonly List<double[]> probabilities = [];
    private readonly List<int> actual = [];
    private string[] names = [];

    internal override double Value => probabilities.Count == 0 ? double.NaN : RankCurve.Areas(Table, [.. probabilities], average, area);

    internal override IReadOnlyList<ClassValue> Classes => [.. names.Select((name, c) => new ClassValue(name, area(RankCurve.Of(Table, [.. probabilities], c)), actual.Count(a => a == c)))];

    private ClassTable Table => new(names.Length > 0 ? names : new string[probabilities[0].Length], [.. actual], [], null);

    internal override void Add(PredictionSet rows)
    {
        probabilities.AddRange(rows.Classes.NeedProbabilities(metric));
        actual.AddRange(rows.Classes.Actual);
        names = rows.Classes.Names;
    }

    internal override double[] Export() => probabilities.Count == 0 ? [] : [probabilities[0].Length, .. actual.Select(a => (double)a), .. probabilities.SelectMany(p => p)];

    internal override void Import(double[] state)
    {
        probabilities.Clear();
        actual.Clear();
        if (state.Length == 0) return;
        int classes = (int)state[0], rows = (state.Length - 1) / (classes + 1);
        actual.AddRange(state[1..(rows + 1)].Select(a => (int)a));
        probabilities.AddRange(state[(rows + 1)..].Chunk(classes));
    }
}
