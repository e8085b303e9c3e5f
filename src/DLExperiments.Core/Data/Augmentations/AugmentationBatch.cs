using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>A batch of training rows on its way to the network.</summary>
/// <param name="Values">The rows of the first feature, row-major.</param>
/// <param name="ItemShape">The shape of a row.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Targets">The targets as numbers, row-major; one number for each class where they are classes and are mixed.</param>
/// <param name="TargetWidth">How many numbers a target has.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Step">The step over all epochs, from 0.</param>
/// <param name="Place">The augmentation's place among the data set's.</param>
public sealed record AugmentationBatch(float[] Values, Shape ItemShape, int Count, float[] Targets, int TargetWidth, long Seed, long Step, int Place)
{
    /// <summary>The shape of a target that is a picture as high and wide as the row, [channels, height, width]; null for other targets.</summary>
    public Shape? TargetPicture { get; init; }

    /// <summary>Whether such a target is a mask, whose numbers are classes.</summary>
    public bool TargetIsMask { get; init; }

    /// <summary>Random numbers for the whole batch.</summary>
    public RandomStream Random() => new(Seed, RandomPurpose.Augmentation, Place, 0, Step);

    /// <summary>Random numbers for one row.</summary>
    /// <param name="row">The row's place in the batch, from 0.</param>
    public RandomStream Random(int row) => new(Seed, RandomPurpose.Augmentation, Place, row + 1L, Step);
}
