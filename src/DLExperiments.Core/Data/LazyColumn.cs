using System.Runtime.ExceptionServices;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>A column whose rows are made when they are read and not kept; several rows are made by several threads.</summary>
internal abstract class LazyColumn : PixelColumn
{
    private protected LazyColumn(string name, Shape itemShape, int count, float scale)
        : base(name, itemShape, scale) => Count = count;

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override bool IsLazy => true;

    /// <inheritdoc/>
    public sealed override unsafe void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination)
    {
        if (rows.Length == 1)
        {
            ReadRow(rows[0], destination);
            return;
        }
        int size = ItemShape.ElementCount;
        int[] all = rows.ToArray();
        var faults = new Exception?[all.Length];
        fixed (byte* start = destination)
        {
            // A span cannot be captured; the memory stays pinned until all threads are done.
            IntPtr at = (IntPtr)start;
            Parallel.For(0, all.Length, i =>
            {
                try
                {
                    ReadRow(all[i], new Span<byte>((byte*)at + (long)i * size, size));
                }
                catch (Exception e)
                {
                    faults[i] = e;
                }
            });
        }
        // The first row's fault, whichever thread came first.
        if (Array.Find(faults, f => f is not null) is { } fault) ExceptionDispatchInfo.Throw(fault);
    }

    /// <inheritdoc/>
    internal sealed override PixelColumn Reshape(Shape shape) =>
        new ConvertedColumn(this, shape, (from, to) => from.CopyTo(to));

    /// <summary>Makes one row; called from several threads at once.</summary>
    private protected abstract void ReadRow(int row, Span<byte> destination);
}
