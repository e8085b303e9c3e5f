using System.Text.Json.Serialization;

namespace DLExperiments.Training;

/// <summary>What a metric gave in an epoch.</summary>
/// <param name="Name">The metric, as <see cref="Metrics.Metric.Label"/> calls it.</param>
/// <param name="Training">Over the epoch's training rows, each with the weights that the network had when it saw it; NaN where it is not defined.</param>
/// <param name="Validation">Over the validation rows at the end of the epoch, in evaluation mode; null without validation data.</param>
/// <param name="HigherIsBetter">Whether a higher value is better.</param>
public sealed record EpochMeasure(
    string Name,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Training,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double? Validation,
    bool HigherIsBetter);
