using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <summary>
/// The shape of one sample, without the batch dimension: <c>[784]</c>, <c>[1,28,28]</c> (channels, height, width),
/// <c>[100,64]</c> (steps, features). Sizes are positive. An empty shape is a single number.
/// </summary>
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly ImmutableArray<int> sizes;

    /// <summary>Makes a shape.</summary>
    /// <param name="sizes">The sizes, outermost first; all positive.</param>
    /// <exception cref="ExperimentException">InvalidShape: a size is not positive, or there are more than 2^31 elements.</exception>
    public Shape(params int[] sizes)
    {
        this.sizes = [.. sizes];
        double elements = sizes.Aggregate(1.0, (product, size) => product * size);
        if (sizes.Any(s => s <= 0) || elements > int.MaxValue)
            throw new ExperimentException("InvalidShape", ErrorKind.InvalidArgument,
                $"The shape {this} is not valid: every size must be at least 1 and their product at most {int.MaxValue}.", this);
    }

    /// <summary>How many dimensions.</summary>
    public int Count => sizes.Length;

    /// <summary>How many numbers one sample has: the product of the sizes.</summary>
    public int ElementCount => sizes.Aggregate(1, (product, size) => product * size);

    /// <inheritdoc/>
    public int this[int index] => sizes[index];

    /// <summary>Reads <c>1,28,28</c>, <c>[1,28,28]</c> or <c>1x28x28</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a list of whole numbers.</exception>
    public static Shape Parse(string text) =>
        new([.. text.Trim('[', ']', ' ').Split([',', 'x', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(s => int.Parse(s, NumberStyles.None, CultureInfo.InvariantCulture))]);

    /// <summary>The sizes with the batch dimension in front, as libtorch wants them.</summary>
    /// <param name="batch">The batch size.</param>
    public long[] WithBatch(long batch) => [batch, .. sizes.Select(s => (long)s)];

    /// <summary>The place of a dimension that may be counted from the end (-1 is the last).</summary>
    /// <param name="index">From -Count to Count - 1.</param>
    /// <exception cref="ShapeException">There is no such dimension.</exception>
    public int Dimension(int index) => index >= -Count && index < Count
        ? (index + Count) % Count
        : throw new ShapeException($"wants dimension {index}, which {this} does not have.", this);

    /// <summary>The sizes as an array.</summary>
    public int[] ToArray() => [.. sizes];

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && sizes.SequenceEqual(other.sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => sizes.Aggregate(17, HashCode.Combine);

    /// <summary>The shape as <c>[1,28,28]</c>.</summary>
    public override string ToString() => $"[{string.Join(",", sizes)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)sizes).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
