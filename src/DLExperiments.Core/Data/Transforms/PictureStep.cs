using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>A step that makes another picture of each picture, [C,H,W], of the first feature; bytes stay bytes.</summary>
public abstract class PictureStep : ColumnStep
{
    /// <inheritdoc/>
    private protected sealed override Dataset Change(Dataset data)
    {
        DataColumn column = data.Features[0];
        Shape from = column.ItemShape, to = NewShape(column);
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
            ReadOnlySpan<byte> source = bytes.Values.Slice(row * from.ElementCount, from.ElementCount);
            for (int i = 0; i < source.Length; i++) room.From[i] = source[i];
            Convert(room.From, from, room.To, to);
            for (int i = 0; i < room.To.Length; i++) newBytes[row * to.ElementCount + i] = (byte)Math.Clamp(MathF.Round(room.To[i]), 0, 255);
            return room;
        }, _ => { });
        return data.WithFeature(bytes is null ? new FloatColumn(column.Name, to, newFloats) : new ByteColumn(column.Name, to, newBytes, bytes.Scale));
    }

    /// <summary>The shape that pictures get.</summary>
    private protected abstract Shape NewShape(DataColumn column);

    /// <summary>Makes one picture of another.</summary>
    private protected abstract void Convert(ReadOnlySpan<float> from, Shape fromShape, Span<float> to, Shape toShape);
}
