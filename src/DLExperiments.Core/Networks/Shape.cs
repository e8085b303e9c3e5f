using System.Collections.Immutable;
using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <summary>
/// The shape of one sample, without the batch dimension: <c>[784]</c>, <c>[1,28,28]</c> (channels, height, width),
/// <c>[100,64]</c> (steps, features). Sizes are positive. An empty shape is a single number.
/// </summary>
/// <remarks>Not an <see cref="System.Collections.IEnumerable"/>: PowerShell would print its numbers instead of <see cref="ToString"/>.</remarks>
public sealed class Shape : IEquatable<Shape>
{
    /// <summary>Makes a shape.</summary>
    /// <param name="sizes">The sizes, outermost first; all positive.</param>
    /// <exception cref="ExperimentException">InvalidShape: a size is not positive, or there are more than 2^31 elements.</exception>
    public Shape(params int[] sizes)
    {
        Sizes = [.. sizes];
        double elements = sizes.Aggregate(1.0, (product, size) => product * size);
        if (sizes.Any(s => s <= 0) || elements > int.MaxValue)
            throw new ExperimentException("InvalidShape", ErrorKind.InvalidArgument,
                $"The shape {this} is not valid: every size must be at least 1 and their product at most {int.MaxValue}.", this);
    }

    /// <summary>The sizes, outermost first.</summary>
    public ImmutableArray<int> Sizes { get; }

    /// <summary>How many dimensions.</summary>
    public int Count => Sizes.Length;

    /// <summary>How many numbers one sample has: the product of the sizes.</summary>
    public int ElementCount => Sizes.Aggregate(1, (product, size) => product * size);

    /// <summary>One of the sizes.</summary>
    /// <param name="index">Its place, from 0.</param>
    public int this[int index] => Sizes[index];

    /// <summary>Reads <c>1,28,28</c>, <c>[1,28,28]</c> or <c>1x28x28</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a list of whole numbers.</exception>
    public static Shape Parse(string text) =>
        new([.. text.Trim('[', ']', ' ').Split([',', 'x', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(s => int.Parse(s, NumberStyles.None, CultureInfo.InvariantCulture))]);

    /// <summary>The sizes with the batch dimension in front, as libtorch wants them.</summary>
    /// <param name="batch">The batch size.</param>
    public long[] WithBatch(long batch) => [batch, .. Sizes.Select(s => (long)s)];

    /// <summary>The place of a dimension that may be counted from the end (-1 is the last).</summary>
    /// <param name="index">From -Count to Count - 1.</param>
    /// <exception cref="ShapeException">There is no such dimension.</exception>
    public int Dimension(int index) => index >= -Count && index < Count
        ? (index + Count) % Count
        : throw new ShapeException($"wants dimension {index}, which {this} does not have.", this);

    /// <summary>The sizes as an array.</summary>
    public int[] ToArray() => [.. Sizes];

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && Sizes.SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Sizes.Aggregate(17, HashCode.Combine);

    /// <summary>The shape as <c>[1,28,28]</c>.</summary>
    public override string ToString() => $"[{string.Join(",", Sizes)}]";

    /// <summary>Goes through the Sizes: <c>foreach</c> and <c>[.. shape]</c>.</summary>
    public ImmutableArray<int>.Enumerator GetEnumerator() => Sizes.GetEnumerator();

    /// <summary>The Sizes, each turned into something else.</summary>
    /// <param name="map">What to turn a size into.</param>
    /// <typeparam name="T">The type of the result.</typeparam>
    public IEnumerable<T> Select<T>(Func<int, T> map) => Sizes.Select(map);
}
