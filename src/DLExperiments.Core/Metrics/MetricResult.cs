namespace DLExperiments.Metrics;

/// <summary>What a metric gave.</summary>
/// <param name="Metric">The metric's name, with the settings that are not the usual ones (<see cref="Metrics.Metric.Label"/>).</param>
/// <param name="Value">Its value; NaN where it is not defined.</param>
/// <param name="Low">The lower end of the 95 % confidence interval; null when none was asked for.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">How many rows there were; of the class, where it is of one.</param>
/// <param name="Class">The class that it is of; null for all.</param>
public sealed record MetricResult(string Metric, double Value, double? Low, double? High, long Count, string? Class = null)
{
    /// <summary>Whether a higher value is better.</summary>
    public bool HigherIsBetter { get; init; } = true;
}
