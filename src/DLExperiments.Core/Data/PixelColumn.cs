using System.Buffers;
using System.Security.Cryptography;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>A column of bytes that read as numbers times a scale, as images are: in memory, or made from files when they are read.</summary>
public abstract class PixelColumn : DataColumn
{
    private const int ChunkBytes = 1 << 24;

    /// <summary>Makes a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="itemShape">The shape of one row's item, for example [3,32,32].</param>
    /// <param name="scale">What a byte is multiplied by: 1/255 gives pixels in [0,1].</param>
    protected PixelColumn(string name, Shape itemShape, float scale)
        : base(name, itemShape) => Scale = scale;

    /// <summary>What a byte is multiplied by.</summary>
    public float Scale { get; }

    /// <inheritdoc/>
    public override string ElementType => "uint8";

    /// <summary>Reads the bytes of rows, row-major.</summary>
    /// <param name="rows">Which rows, in the order wanted; a row may come twice.</param>
    /// <param name="destination">Room for <c>rows.Length * ItemShape.ElementCount</c> bytes.</param>
    public abstract void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination);

    /// <summary>The same bytes as items of another shape with as many numbers.</summary>
    internal abstract PixelColumn Reshape(Shape shape);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int length = rows.Length * ItemShape.ElementCount;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        ReadBytes(rows, bytes.AsSpan(0, length));
        for (int i = 0; i < length; i++) destination[i] = bytes[i] * Scale;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <inheritdoc/>
    internal override void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows)
    {
        int size = ItemShape.ElementCount, step = Math.Max(1, ChunkBytes / size);
        byte[] bytes = new byte[Math.Min(step, Math.Max(1, rows.Length)) * size];
        hash.AppendData(BitConverter.GetBytes(Scale));
        for (int start = 0; start < rows.Length; start += step)
        {
            ReadOnlySpan<int> some = rows.Slice(start, Math.Min(step, rows.Length - start));
            ReadBytes(some, bytes.AsSpan(0, some.Length * size));
            hash.AppendData(bytes, 0, some.Length * size);
        }
    }
}
