using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>
/// A column of boxes in pictures: for each row up to so many boxes, each with the class, the middle (x, y), the width and the height as shares of
/// the picture. The class of a place without a box is -1.
/// </summary>
public sealed class BoxColumn : DataColumn
{
    /// <summary>How many numbers a box has.</summary>
    public const int Numbers = 5;

    private readonly float[] values;

    /// <summary>Makes a column over an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="boxes">How many boxes a row has room for.</param>
    /// <param name="values">All rows, row-major: class, x, y, width, height for each box; not copied.</param>
    /// <param name="classNames">The names of the classes, in the order of their indices.</param>
    public BoxColumn(string name, int boxes, float[] values, IReadOnlyList<string> classNames)
        : base(name, new Shape(boxes, Numbers))
    {
        if (values.Length % ItemShape.ElementCount != 0)
            throw new ArgumentException($"{values.Length} values do not divide into rows of {boxes} boxes.", nameof(values));
        this.values = values;
        ClassNames = classNames;
    }

    /// <summary>The names of the classes, in the order of their indices.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override int Count => values.Length / ItemShape.ElementCount;

    /// <inheritdoc/>
    public override string ElementType => "box";

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int size = ItemShape.ElementCount;
        for (int i = 0; i < rows.Length; i++) values.AsSpan(rows[i] * size, size).CopyTo(destination[(i * size)..]);
    }
}
