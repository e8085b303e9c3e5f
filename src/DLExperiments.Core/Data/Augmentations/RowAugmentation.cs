using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Augmentations;

/// <summary>An augmentation that changes each row for itself.</summary>
public abstract class RowAugmentation : Augmentation
{
    /// <summary>The probability that a row is changed at all.</summary>
    [Range(0.0, 1.0)]
    public double Probability { get; set; } = 1;

    /// <summary>Whether rows must be pictures, [C,H,W].</summary>
    private protected virtual bool NeedsPicture => true;

    /// <inheritdoc/>
    public sealed override void Apply(AugmentationBatch batch)
    {
        int size = batch.ItemShape.ElementCount;
        Shape? picture = batch.TargetPicture;
        Parallel.For(0, batch.Count, row =>
        {
            Randomness.RandomStream random = batch.Random(row);
            // Always drawn, so that a probability of 1 gives the same changes as one just below it.
            if (random.NextDouble() >= Probability) return;
            Change(batch.Values.AsSpan(row * size, size), batch.ItemShape, random);
            if (picture is null) return;
            Randomness.RandomStream again = batch.Random(row);
            again.NextDouble();
            ChangeTarget(batch.Targets.AsSpan(row * batch.TargetWidth, batch.TargetWidth), picture, batch.TargetIsMask, again);
        });
    }

    /// <summary>Changes one row in place.</summary>
    private protected abstract void Change(Span<float> item, Shape shape, Randomness.RandomStream random);

    /// <summary>Changes a target that is a picture in place, in the way that the row was; by default it stays.</summary>
    /// <param name="target">The picture.</param>
    /// <param name="shape">[channels, height, width].</param>
    /// <param name="isMask">Whether its numbers are classes, which must not be mixed.</param>
    /// <param name="random">The random numbers that the row was changed with, from the beginning.</param>
    private protected virtual void ChangeTarget(Span<float> target, Shape shape, bool isMask, Randomness.RandomStream random)
    {
    }

    /// <inheritdoc/>
    private protected override void Check(DataColumn feature)
    {
        if (NeedsPicture && feature.ItemShape.Count != 3)
            throw new ExperimentException("TransformShapeMismatch", ErrorKind.InvalidOperation,
                $"{Name} wants pictures [channels,height,width], but '{feature.Name}' has {feature.ItemShape}.", feature.Name);
    }

    /// <summary>The name in messages.</summary>
    private protected string Name => Catalogue<DataStep>.Default.EntryOf(this).Name;

    /// <summary>A range that one number (its negative to itself) or two say.</summary>
    private protected (double Low, double High) Span(double[] values, string setting) => values switch
    {
        [var only] => (-Math.Abs(only), Math.Abs(only)),
        [var low, var high] when low <= high => (low, high),
        _ => throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"{Name}: {setting} must be one number, or the lower and the upper end of a range.", values),
    };
}
