using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Share of rows whose class is among the K most probable; of equally probable classes the first come first.</summary>
[CatalogueEntry("TopK")]
public sealed class TopKMetric : Metric
{
    /// <summary>How many classes may be named, at least 1.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int K { get; set; } = 5;

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        double[][] probabilities = predictions.Classes.NeedProbabilities("TopK");
        int[] actual = predictions.Classes.Actual;
        return probabilities.Select((p, r) => Enumerable.Range(0, p.Length).Count(c => p[c] > p[actual[r]] || (p[c] == p[actual[r]] && c < actual[r])) < K ? 1.0 : 0).Average();
    }
}
