namespace DLExperiments.Evaluation;

/// <summary>What was measured of a classifier.</summary>
public sealed class ClassificationMeasure : ModelMeasure
{
    /// <summary>Share of rows whose class was predicted.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Mean of the classes' precision, each class counting the same.</summary>
    public double MacroPrecision => Classes.Average(c => c.Precision);

    /// <summary>Mean of the classes' recall, each class counting the same.</summary>
    public double MacroRecall => Classes.Average(c => c.Recall);

    /// <summary>Mean of the classes' F1, each class counting the same.</summary>
    public double MacroF1 => Classes.Average(c => c.F1);

    /// <summary>Mean of the classes' F1, each class counting by its rows.</summary>
    public double WeightedF1 => Classes.Sum(c => c.F1 * c.Support) / Classes.Sum(c => c.Support);

    /// <summary>Precision, recall, F1 and support of each class.</summary>
    public required ClassMeasure[] Classes { get; init; }

    /// <summary>How often each class was taken for each class.</summary>
    public required ConfusionMatrix ConfusionMatrix { get; init; }
}
