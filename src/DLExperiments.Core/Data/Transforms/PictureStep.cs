using System.Buffers;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>A step that makes another picture of each picture, [C,H,W], of the first feature; bytes stay bytes, and pictures in files stay there.</summary>
public abstract class PictureStep : ColumnStep
{
    /// <inheritdoc/>
    private protected sealed override Dataset Change(Dataset data)
    {
        DataColumn column = data.Features[0];
        Shape from = column.ItemShape, to = NewShape(column);
        if (column is LazyColumn lazy) return data.WithFeature(new ConvertedColumn(lazy, to, (old, made) => ConvertBytes(old, from, made, to)));
        if ((long)column.Count * to.ElementCount > Array.MaxLength)
            throw new ExperimentException("ImagesTooLarge", ErrorKind.InvalidArgument, $"{column.Count} items of {to} do not fit in memory; choose a smaller size.", data.Name);
        var bytes = column as ByteColumn;
        byte[] newBytes = bytes is null ? [] : new byte[column.Count * to.ElementCount];
        float[] newFloats = bytes is null ? new float[column.Count * to.ElementCount] : [];
        Parallel.For(0, column.Count, () => (From: new float[from.ElementCount], To: new float[to.ElementCount]), (row, _, room) =>
        {
            if (bytes is null)
            {
                column.Read([row], room.From);
                Convert(room.From, from, newFloats.AsSpan(row * to.ElementCount, to.ElementCount), to);
                return room;
            }
            ConvertBytes(bytes.Values.Slice(row * from.ElementCount, from.ElementCount), from, newBytes.AsSpan(row * to.ElementCount, to.ElementCount), to);
            return room;
        }, _ => { });
        return data.WithFeature(bytes is null ? new FloatColumn(column.Name, to, newFloats) : new ByteColumn(column.Name, to, newBytes, bytes.Scale));
    }

    private void ConvertBytes(ReadOnlySpan<byte> from, Shape fromShape, Span<byte> to, Shape toShape)
    {
        float[] old = ArrayPool<float>.Shared.Rent(from.Length), made = ArrayPool<float>.Shared.Rent(to.Length);
        for (int i = 0; i < from.Length; i++) old[i] = from[i];
        Convert(old.AsSpan(0, from.Length), fromShape, made.AsSpan(0, to.Length), toShape);
        for (int i = 0; i < to.Length; i++) to[i] = (byte)Math.Clamp(MathF.Round(made[i]), 0, 255);
        ArrayPool<float>.Shared.Return(old);
        ArrayPool<float>.Shared.Return(made);
    }

    /// <summary>The shape that pictures get.</summary>
    private protected abstract Shape NewShape(DataColumn column);

    /// <summary>Makes one picture of another.</summary>
    private protected abstract void Convert(ReadOnlySpan<float> from, Shape fromShape, Span<float> to, Shape toShape);
}
