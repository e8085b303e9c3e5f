using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Area under the precision-recall curve in steps: of two classes for the second, of more each against the rest.</summary>
[CatalogueEntry("AveragePrecision", "PrAuc")]
public sealed class AveragePrecisionMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ClassTable table = predictions.Classes;
        return RankCurve.Areas(table, table.NeedProbabilities("AveragePrecision"), Average, c => c.AveragePrecision);
    }
}
