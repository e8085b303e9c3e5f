using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Share of the rows predicted as a class that are; 0 for a class that was never predicted. Over the classes of the model.</summary>
[CatalogueEntry("Precision")]
public sealed class PrecisionMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ConfusionMatrix matrix = predictions.Classes.ToConfusionMatrix();
        if (Average == Average.Micro) return (double)matrix.Correct / matrix.Total; // each row has one class, so all three are the accuracy
        ClassMeasure[] classes = matrix.MeasureClasses();
        return Average == Average.Macro ? classes.Average(c => c.Precision) : classes.Sum(c => c.Precision * c.Support) / matrix.Total;
    }
}
