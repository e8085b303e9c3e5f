using DLExperiments.Metrics;

namespace DLExperiments.Evaluation;

/// <summary>Metrics to measure beside what a model's task has anyway.</summary>
/// <param name="Metrics">The metrics.</param>
public sealed record MetricRequest(IReadOnlyList<Metric> Metrics)
{
    /// <summary>Whether each class is measured too, where the metric can.</summary>
    public bool PerClass { get; init; }

    /// <summary>Resamples of the rows for a 95 % confidence interval; 0 for none. All outputs are then kept in memory.</summary>
    public int Resamples { get; init; }

    /// <summary>The seed of the resampling.</summary>
    public int Seed { get; init; }
}
