using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>An augmentation that moves the pixels of a picture by a linear map about its middle and a shift; bilinear between pixels.</summary>
public abstract class AffineAugmentation : GeometricAugmentation
{
    /// <summary>The value of pixels that come from outside the picture; masks get 0.</summary>
    public double Fill { get; set; }

    /// <summary>Draws where the pixels come from.</summary>
    private protected abstract AffineMap Draw(Shape shape, RandomStream random);

    private protected sealed override void Move(Span<float> item, Shape shape, RandomStream random, bool isTarget, bool nearest) =>
        Draw(shape, random).Move(item, shape, isTarget ? 0 : (float)Fill, nearest);
}
