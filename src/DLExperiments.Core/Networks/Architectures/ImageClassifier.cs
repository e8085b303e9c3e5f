namespace DLExperiments.Networks.Architectures;

/// <summary>What classifiers of photographs share: 1000 classes by default, [3,224,224] as the published input.</summary>
public abstract class ImageClassifier : Classifier
{
    /// <summary>Sets the default of 1000 classes.</summary>
    protected ImageClassifier()
        : base(1000)
    {
    }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 224, 224);
}
