using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Harmonic mean of precision and recall. Over the classes of the model.</summary>
[CatalogueEntry("F1")]
public sealed class F1Metric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ConfusionMatrix matrix = predictions.Classes.ToConfusionMatrix();
        if (Average == Average.Micro) return (double)matrix.Correct / matrix.Total; // each row has one class, so all three are the accuracy
        ClassMeasure[] classes = matrix.MeasureClasses();
        return Average == Average.Macro ? classes.Average(c => c.F1) : classes.Sum(c => c.F1 * c.Support) / matrix.Total;
    }
}
