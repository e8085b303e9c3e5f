using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>An augmentation that draws operations on pictures from a list of fourteen; what moves pixels moves masks alike.</summary>
public abstract class PolicyAugmentation : GeometricAugmentation
{
    /// <summary>How many steps the magnitudes go up in, from none to the strongest.</summary>
    private protected const int Steps = 30;

    /// <summary>The value of pixels that come from outside the picture; masks get 0.</summary>
    public double Fill { get; set; }

    /// <summary>How many operations a row gets.</summary>
    private protected abstract int Operations { get; }

    /// <summary>Draws the magnitude of an operation, without its sign.</summary>
    private protected abstract double Magnitude(PictureOperation operation, RandomStream random);

    private protected sealed override void Move(Span<float> item, Shape shape, RandomStream random, bool isTarget, bool nearest)
    {
        for (int i = 0; i < Operations; i++)
        {
            PictureOperation operation = PictureOperation.All[random.NextInt32(PictureOperation.All.Length)];
            double magnitude = Magnitude(operation, random);
            if (operation.IsSigned && random.NextInt32(2) == 1) magnitude = -magnitude;
            if (operation.Map is { } map) map(magnitude, shape).Move(item, shape, isTarget ? 0 : (float)Fill, nearest);
            else if (!isTarget) operation.Change!(item, shape, magnitude);
        }
    }
}
