using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Area under the ROC curve: of two classes for the second, of more each against the rest; classes that do not occur are left out.</summary>
[CatalogueEntry("RocAuc", "AUC")]
public sealed class RocAucMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ClassTable table = predictions.Classes;
        return RankCurve.Areas(table, table.NeedProbabilities("RocAuc"), Average, c => c.RocArea);
    }
}
