using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures;

/// <summary>What classifiers of images share: one score (logit) for each class as the output, [3,224,224] as the published input.</summary>
public abstract class ImageClassifier : Architecture
{
    /// <summary>How many classes: the number of scores that come out.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Classes { get; init; } = 1000;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 224, 224);
}
