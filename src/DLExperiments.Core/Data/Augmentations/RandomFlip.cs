using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Mirrors training pictures at random, left to right or upside down, anew in every step.</summary>
[CatalogueEntry("RandomFlip")]
public sealed class RandomFlip : GeometricAugmentation
{
    /// <summary>Mirrors half of the rows, unless said otherwise.</summary>
    public RandomFlip() => Probability = 0.5;

    /// <summary>Upside down instead of left to right.</summary>
    public bool Vertical { get; set; }

    private protected override void Move(Span<float> item, Shape shape, RandomStream random, bool isTarget, bool nearest)
    {
        int width = shape[2];
        for (int c = 0; c < shape[0]; c++)
        {
            Span<float> plane = item.Slice(c * shape[1] * width, shape[1] * width);
            // Turning a whole plane around is both mirrors at once.
            if (Vertical) plane.Reverse();
            for (int y = 0; y < shape[1]; y++) plane.Slice(y * width, width).Reverse();
        }
    }
}
