using System.Security.Cryptography;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>A column of bytes in memory that read as numbers times a scale: images, a quarter of the memory of float32.</summary>
public sealed class ByteColumn : PixelColumn
{
    private readonly byte[] values;

    /// <summary>Makes a column over an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="itemShape">The shape of one row's item, for example [1,28,28].</param>
    /// <param name="values">All rows, row-major; not copied.</param>
    /// <param name="scale">What a byte is multiplied by: 1/255 gives pixels in [0,1].</param>
    public ByteColumn(string name, Shape itemShape, byte[] values, float scale = 1f / 255f)
        : base(name, itemShape, scale)
    {
        if (values.Length % itemShape.ElementCount != 0)
            throw new ArgumentException($"{values.Length} values do not divide into items of {itemShape.ElementCount}.", nameof(values));
        this.values = values;
    }

    /// <inheritdoc/>
    public override int Count => values.Length / ItemShape.ElementCount;

    /// <summary>All rows, row-major.</summary>
    public ReadOnlySpan<byte> Values => values;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int size = ItemShape.ElementCount;
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<byte> item = values.AsSpan(rows[i] * size, size);
            Span<float> to = destination.Slice(i * size, size);
            for (int j = 0; j < size; j++) to[j] = item[j] * Scale;
        }
    }

    /// <inheritdoc/>
    public override void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination)
    {
        int size = ItemShape.ElementCount;
        for (int i = 0; i < rows.Length; i++) values.AsSpan(rows[i] * size, size).CopyTo(destination[(i * size)..]);
    }

    /// <inheritdoc/>
    internal override PixelColumn Reshape(Shape shape) => new ByteColumn(Name, shape, values, Scale);

    /// <inheritdoc/>
    internal override void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows)
    {
        int size = ItemShape.ElementCount;
        hash.AppendData(BitConverter.GetBytes(Scale));
        foreach (int row in rows) hash.AppendData(values, row * size, size);
    }
}
