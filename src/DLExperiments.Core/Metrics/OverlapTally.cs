using System.Globalization;

namespace DLExperiments.Metrics;

/// <summary>For each class number its pixels that are actual, predicted and both, pooled over all images.</summary>
/// <param name="background">Whether class 0 counts too.</param>
/// <param name="measure">The value of one class.</param>
internal sealed class OverlapTally(bool background, Func<ClassScore, double> measure) : MetricTally
{
    private readonly SortedDictionary<double, ClassScore> counts = [];

    internal override double Value => Counted.Select(c => measure(c.Value)).DefaultIfEmpty(double.NaN).Average();

    internal override IReadOnlyList<ClassValue> Classes => [.. Counted.Select(c => new ClassValue(c.Key.ToString(CultureInfo.InvariantCulture), measure(c.Value), (long)c.Value.Support))];

    private IEnumerable<KeyValuePair<double, ClassScore>> Counted => counts.Where(c => background || c.Key != 0);

    internal override void Add(PredictionSet rows)
    {
        ValueTable table = rows.Labels;
        for (int r = 0; r < table.Actual.Length; r++)
            for (int k = 0; k < table.Actual[r].Length; k++)
            {
                double actual = table.Actual[r][k], predicted = table.Predicted[r][k];
                ClassScore score = counts.GetValueOrDefault(actual);
                counts[actual] = score with { Support = score.Support + 1, Hits = score.Hits + (actual == predicted ? 1 : 0) };
                score = counts.GetValueOrDefault(predicted);
                counts[predicted] = score with { Predicted = score.Predicted + 1 };
            }
    }

    internal override double[] Export() => [.. counts.SelectMany(c => new[] { c.Key, c.Value.Hits, c.Value.Support, c.Value.Predicted })];

    internal override void Import(double[] state)
    {
        counts.Clear();
        foreach (double[] c in state.Chunk(4)) counts[c[0]] = new ClassScore(c[1], c[2], c[3]);
    }
}
