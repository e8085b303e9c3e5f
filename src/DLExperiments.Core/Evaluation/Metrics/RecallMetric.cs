using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Share of a class's rows that were predicted as it; 0 for a class that does not occur. Over the classes of the model.</summary>
[CatalogueEntry("Recall")]
public sealed class RecallMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ConfusionMatrix matrix = predictions.Classes.ToConfusionMatrix();
        if (Average == Average.Micro) return (double)matrix.Correct / matrix.Total; // each row has one class, so all three are the accuracy
        ClassMeasure[] classes = matrix.MeasureClasses();
        return Average == Average.Macro ? classes.Average(c => c.Recall) : classes.Sum(c => c.Recall * c.Support) / matrix.Total;
    }
}
