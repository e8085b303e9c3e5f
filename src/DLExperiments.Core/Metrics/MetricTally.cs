namespace DLExperiments.Metrics;

/// <summary>
/// What a metric has added up so far, row by row and in double precision, so that the value does not depend on how the rows were batched.
/// </summary>
internal abstract class MetricTally
{
    /// <summary>The value over all rows so far; NaN where the metric is not defined.</summary>
    internal abstract double Value { get; }

    /// <summary>The value of each class, with its rows; empty where the metric has none.</summary>
    internal virtual IReadOnlyList<ClassValue> Classes => [];

    /// <summary>Adds rows.</summary>
    internal abstract void Add(PredictionSet rows);

    /// <summary>Everything that the value depends on, as numbers for a checkpoint.</summary>
    internal abstract double[] Export();

    /// <summary>Goes on with what <see cref="Export"/> gave.</summary>
    internal abstract void Import(double[] state);
}

/// <summary>What a metric gave for one class.</summary>
internal sealed record ClassValue(string Class, double Value, long Count);
