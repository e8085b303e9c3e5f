using System.Text;
using DLExperiments.Metrics;

namespace DLExperiments.Evaluation;

/// <summary>How often each class (row) was taken for each class (column).</summary>
public sealed class ConfusionMatrix
{
    /// <summary>Makes an empty matrix.</summary>
    /// <param name="classes">The names of the classes.</param>
    public ConfusionMatrix(IReadOnlyList<string> classes)
    {
        Classes = [.. classes];
        Counts = [.. classes.Select(_ => new long[classes.Count])];
    }

    /// <summary>The names of the classes.</summary>
    public string[] Classes { get; }

    /// <summary>Counts by actual class (first index) and predicted class (second index).</summary>
    public long[][] Counts { get; }

    /// <summary>How many rows were counted.</summary>
    public long Total => Counts.Sum(row => row.Sum());

    /// <summary>How many were right: the diagonal.</summary>
    public long Correct => Enumerable.Range(0, Classes.Length).Sum(c => Counts[c][c]);

    /// <summary>Counts one row.</summary>
    /// <param name="actual">Index of the actual class.</param>
    /// <param name="predicted">Index of the predicted class.</param>
    public void Add(int actual, int predicted) => Counts[actual][predicted]++;

    /// <summary>Precision, recall, F1 and support of every class; 0 where nothing was predicted or nothing was there.</summary>
    public ClassMeasure[] MeasureClasses()
    {
        var measures = new ClassMeasure[Classes.Length];
        for (int c = 0; c < Classes.Length; c++)
        {
            var score = new ClassScore(Counts[c][c], Counts[c].Sum(), Counts.Sum(row => row[c]));
            measures[c] = new ClassMeasure(Classes[c], score.Precision, score.Recall, score.F1, (long)score.Support);
        }
        return measures;
    }

    /// <summary>The matrix as a table: a row for each actual class, a column for each predicted one.</summary>
    public override string ToString()
    {
        int width = Math.Max(Classes.Max(c => c.Length), Counts.Max(row => row.Max()).ToString().Length) + 2;
        var text = new StringBuilder("actual \\ predicted".PadRight(Math.Max(width, 18)));
        int label = text.Length;
        foreach (string name in Classes) text.Append(name.PadLeft(width));
        for (int c = 0; c < Classes.Length; c++)
        {
            text.Append('\n').Append(Classes[c].PadRight(label));
            foreach (long count in Counts[c]) text.Append(count.ToString().PadLeft(width));
        }
        return text.ToString();
    }
}
