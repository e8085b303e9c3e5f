using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>A column of float32 numbers in memory; NaN is a missing value.</summary>
public sealed class FloatColumn : DataColumn
{
    private readonly float[] values;

    /// <summary>Makes a column over an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="itemShape">The shape of one row's item; empty for a single number.</param>
    /// <param name="values">All rows, row-major; not copied.</param>
    public FloatColumn(string name, Shape itemShape, float[] values)
        : base(name, itemShape)
    {
        if (values.Length % itemShape.ElementCount != 0)
            throw new ArgumentException($"{values.Length} values do not divide into items of {itemShape.ElementCount}.", nameof(values));
        this.values = values;
    }

    /// <inheritdoc/>
    public override int Count => values.Length / ItemShape.ElementCount;

    /// <inheritdoc/>
    public override string ElementType => "float32";

    /// <summary>All rows, row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int size = ItemShape.ElementCount;
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(rows[i] * size, size).CopyTo(destination.Slice(i * size, size));
    }
}
