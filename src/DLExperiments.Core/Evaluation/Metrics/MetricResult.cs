namespace DLExperiments.Evaluation.Metrics;

/// <summary>What a metric gave.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">Its value; NaN where it is not defined.</param>
/// <param name="Low">The lower end of the 95 % confidence interval; null when none was asked for.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">How many predictions there were.</param>
public sealed record MetricResult(string Metric, double Value, double? Low, double? High, int Count);
