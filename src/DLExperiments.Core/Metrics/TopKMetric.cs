using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Share of rows whose class is among the K most probable; of equally probable classes the first come first.</summary>
[CatalogueEntry("TopK")]
public sealed class TopKMetric : Metric
{
    /// <summary>How many classes may be named, at least 1.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int K { get; set; } = 5;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Probabilities;

    /// <inheritdoc/>
    public override string Label => $"Top{K}";

    internal override MetricTally Start() => new MeanTally(p => p.Classes.EachProbable("TopK", (probabilities, actual) =>
        Enumerable.Range(0, probabilities.Length).Count(c => probabilities[c] > probabilities[actual] || (probabilities[c] == probabilities[actual] && c < actual)) < K ? 1 : 0));
}
