using DLExperiments.Data.Transforms;

namespace DLExperiments.Data.Augmentations;

/// <summary>
/// A random change of training rows, made anew for every batch on the values as they are stored (pixels in [0,1]), before the fitted steps.
/// Its randomness depends on the run's seed, the step and the place in the batch alone, so that a resumed run sees the same rows.
/// </summary>
public abstract class Augmentation : DataStep
{
    /// <summary>Whether targets are mixed too, so that a class becomes one number for each class.</summary>
    public virtual bool MixesTargets => false;

    /// <summary>Whether targets that are pictures get numbers between those of two rows, rather than parts of both.</summary>
    internal virtual bool MixesPictures => MixesTargets;

    /// <inheritdoc/>
    public sealed override Dataset AddTo(Dataset data)
    {
        Check(data.Features[0]);
        CheckTargets(data.Targets);
        return data.WithAugmentation(this);
    }

    /// <summary>Changes a batch in place.</summary>
    /// <param name="batch">The batch.</param>
    public abstract void Apply(AugmentationBatch batch);

    /// <summary>Stops an augmentation that does not know what to do with a feature.</summary>
    /// <param name="feature">The first feature.</param>
    /// <exception cref="Errors.ExperimentException">TransformShapeMismatch or InvalidParameterValue.</exception>
    private protected virtual void Check(DataColumn feature)
    {
    }

    /// <summary>Stops an augmentation that would leave the targets wrong.</summary>
    /// <param name="targets">The targets.</param>
    /// <exception cref="Errors.ExperimentException">BoxesStay.</exception>
    private protected virtual void CheckTargets(IReadOnlyList<DataColumn> targets)
    {
    }
}
