using System.Collections;
using DLExperiments.Errors;

namespace DLExperiments.Metrics;

/// <summary>Predictions with what is true, as classes with probabilities, as numbers or as text: whatever a metric asks for.</summary>
public sealed class PredictionSet
{
    private readonly Lazy<ClassTable> classes;
    private readonly Lazy<ValueTable> values, labels;
    private readonly IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)>? rows;

    /// <summary>Collects predictions.</summary>
    /// <param name="rows">What is true, what was predicted, and the probability of each class by its name (or null) of each row.</param>
    /// <exception cref="ExperimentException">NoPredictions: there are none.</exception>
    public PredictionSet(IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)> rows)
    {
        if (rows.Count == 0) throw new ExperimentException("NoPredictions", ErrorKind.InvalidData, "There is no prediction with an Actual to measure.");
        this.rows = rows;
        Count = rows.Count;
        classes = new(() => ClassTable.Read(rows));
        values = new(() => ValueTable.Read(rows));
        labels = values;
    }

    /// <summary>Takes the outputs of a network.</summary>
    internal PredictionSet(int count, Func<ClassTable> classes, Func<ValueTable> values, Func<ValueTable> labels)
    {
        Count = count;
        this.classes = new(classes);
        this.values = new(values);
        this.labels = new(labels);
    }

    private PredictionSet(PredictionSet whole, int[] rows)
    {
        Count = rows.Length;
        this.rows = whole.rows is { } all ? [.. rows.Select(r => all[r])] : null;
        classes = new(() => whole.Classes.Select(rows));
        values = new(() => whole.Values.Select(rows));
        labels = new(() => whole.Labels.Select(rows));
    }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    internal IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)> Rows => rows
        ?? throw new ExperimentException("MetricMismatch", ErrorKind.InvalidArgument, "The outputs of a network are no texts: decode them and pipe objects with Actual and Prediction to Measure-Prediction.");

    internal ClassTable Classes => classes.Value;

    /// <summary>Numbers, one or several a row.</summary>
    internal ValueTable Values => values.Value;

    /// <summary>Class numbers, one or several a row.</summary>
    internal ValueTable Labels => labels.Value;

    internal PredictionSet Select(int[] rows) => new(this, rows);
}
