using System.Buffers;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>A lazy column whose rows are made from those of another.</summary>
/// <param name="source">The other column.</param>
/// <param name="shape">The shape of the new items.</param>
/// <param name="convert">Makes a new item of an old one; called from several threads at once.</param>
internal sealed class ConvertedColumn(PixelColumn source, Shape shape, ConvertedColumn.Conversion convert)
    : LazyColumn(source.Name, shape, source.Count, source.Scale)
{
    /// <summary>Makes one item of another.</summary>
    internal delegate void Conversion(ReadOnlySpan<byte> from, Span<byte> to);

    private protected override void ReadRow(int row, Span<byte> destination)
    {
        int size = source.ItemShape.ElementCount;
        byte[] from = ArrayPool<byte>.Shared.Rent(size);
        source.ReadBytes([row], from.AsSpan(0, size));
        convert(from.AsSpan(0, size), destination);
        ArrayPool<byte>.Shared.Return(from);
    }
}
