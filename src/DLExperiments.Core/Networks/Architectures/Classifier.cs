using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures;

/// <summary>What classifiers share: one score (logit) for each class as the output.</summary>
public abstract class Classifier : Architecture
{
    /// <summary>Sets the default.</summary>
    /// <param name="classes">How many classes the architecture is usually for.</param>
    protected Classifier(int classes) => Classes = classes;

    /// <summary>How many classes: the number of scores that come out; 1 for two classes by the sign, and for a regression.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Classes { get; init; }
}
