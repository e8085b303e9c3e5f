using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>
/// An augmentation that moves the pixels of a picture. Targets that are pictures of the same height and width, such as masks, are moved alike.
/// </summary>
public abstract class GeometricAugmentation : RowAugmentation
{
    /// <summary>Moves the pixels of a picture in place; the same random numbers move them alike.</summary>
    /// <param name="item">The picture.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="isTarget">Whether it is a target: pixels from outside are 0 then.</param>
    /// <param name="nearest">Whether pixels may only be taken over, as those of masks, and not mixed.</param>
    private protected abstract void Move(Span<float> item, Shape shape, RandomStream random, bool isTarget, bool nearest);

    private protected sealed override void Change(Span<float> item, Shape shape, RandomStream random) => Move(item, shape, random, isTarget: false, nearest: false);

    private protected sealed override void ChangeTarget(Span<float> target, Shape shape, bool isMask, RandomStream random) => Move(target, shape, random, isTarget: true, isMask);

    /// <inheritdoc/>
    private protected override void CheckTargets(IReadOnlyList<DataColumn> targets)
    {
        if (targets.OfType<BoxColumn>().FirstOrDefault() is { } boxes)
            throw new ExperimentException("BoxesStay", ErrorKind.InvalidOperation,
                $"{Name} moves the pixels, but not the boxes of '{boxes.Name}' with them. Use augmentations that leave pixels in their places (ColorJitter, GaussianNoise, RandomErasing).", boxes.Name);
    }
}
