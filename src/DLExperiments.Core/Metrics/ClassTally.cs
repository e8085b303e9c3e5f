namespace DLExperiments.Metrics;

/// <summary>Counts of each class, for precision, recall and F1.</summary>
/// <param name="average">How the classes' values become one.</param>
/// <param name="measure">The value of one class.</param>
internal sealed class ClassTally(Average average, Func<ClassScore, double> measure) : MetricTally
{
    private string[] names = [];
    private double[] counts = []; // hits, support and predicted of each class

    internal override double Value
    {
        get
        {
            ClassScore[] scores = Scores;
            double rows = scores.Sum(s => s.Support);
            return rows == 0 ? double.NaN : average switch
            {
                // Each row has one class and one prediction, so over all decisions precision, recall and F1 are the accuracy.
                Average.Micro => scores.Sum(s => s.Hits) / rows,
                Average.Weighted => scores.Sum(s => measure(s) * s.Support) / rows,
                _ => scores.Average(measure),
            };
        }
    }

    internal override IReadOnlyList<ClassValue> Classes => [.. names.Zip(Scores, (name, s) => new ClassValue(name, measure(s), (long)s.Support))];

    private ClassScore[] Scores => [.. Enumerable.Range(0, counts.Length / 3).Select(c => new ClassScore(counts[c * 3], counts[c * 3 + 1], counts[c * 3 + 2]))];

    internal override void Add(PredictionSet rows)
    {
        ClassTable table = rows.Classes;
        names = table.Names;
        if (counts.Length == 0) counts = new double[3 * names.Length];
        for (int r = 0; r < table.Actual.Length; r++)
        {
            if (table.Actual[r] == table.Predicted[r]) counts[table.Actual[r] * 3]++;
            counts[table.Actual[r] * 3 + 1]++;
            counts[table.Predicted[r] * 3 + 2]++;
        }
    }

    internal override double[] Export() => [.. counts];

    internal override void Import(double[] state) => counts = [.. state];
}
