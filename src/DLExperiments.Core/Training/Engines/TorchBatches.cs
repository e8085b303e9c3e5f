using System.Numerics;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>
/// Takes the rows of batches out of the tensors of a piece. On the CPU they are copied row by row to the same place for every batch: no memory is asked of the system, which
/// takes longer than the copying, and a training that goes on within an epoch finds its batch where it was, so that vector code, whose sums depend on
/// alignment, gives the same bits. Elsewhere libtorch takes a few batches at a time, from a multiple of as many as fit.
/// </summary>
internal sealed unsafe class TorchBatches : IDisposable
{
    private const int GatherBytes = 1 << 20, MostBatchesGathered = 64;

    private readonly TorchPiece piece;
    private readonly torch.Device device;
    private readonly int batchSize, rowsGathered;
    private readonly torch.Tensor?[] places;
    private int[] order = [];
    private torch.Tensor? orderTensor;
    private torch.Tensor?[] gathered = [];
    private int gatheredFrom, gatheredCount;

    /// <param name="piece">The piece; it belongs to the caller.</param>
    /// <param name="device">Where its tensors are.</param>
    /// <param name="batchSize">The most rows of a batch.</param>
    internal TorchBatches(TorchPiece piece, torch.Device device, int batchSize)
    {
        this.piece = piece;
        this.device = device;
        this.batchSize = batchSize;
        rowsGathered = batchSize * (int)Math.Clamp(GatherBytes / Math.Max(1, piece.BytesPerRow * batchSize), 1, MostBatchesGathered);
        places = new torch.Tensor?[piece.Columns.Count];
    }

    /// <summary>The order of the rows; empty for the one in which they are.</summary>
    internal int[] Order => order;

    /// <summary>Sets the order of the rows.</summary>
    internal void Begin(ReadOnlySpan<int> order)
    {
        Forget();
        if (this.order.Length != order.Length) this.order = new int[order.Length];
        order.CopyTo(this.order);
        if (order.IsEmpty || device.type == DeviceType.CPU) return;
        using var scope = torch.NewDisposeScope();
        orderTensor = torch.tensor(this.order).to(device).DetachFromDisposeScope();
    }

    /// <summary>Takes a batch, in the dispose scope of the caller; the tensors hold it until the next one.</summary>
    /// <param name="first">Its first place in the order.</param>
    /// <param name="count">How many rows.</param>
    /// <returns>The columns of the piece: inputs, null for those left out, targets, weights.</returns>
    internal torch.Tensor?[] Take(int first, int count)
    {
        if (order.Length == 0) return [.. piece.Columns.Select((c, i) => c is null ? null : piece.Scaled(i, c.narrow(0, first, count)))];
        if (orderTensor is not null) return TakeThere(first, count);
        if (first != gatheredFrom || count != gatheredCount)
            for (int i = 0; i < places.Length; i++) Copy(i, order.AsSpan(first, count));
        (gatheredFrom, gatheredCount) = (first, count);
        return [.. places.Select(p => count == batchSize ? p : p?.narrow(0, 0, count))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        foreach (torch.Tensor? place in places) place?.Dispose();
    }

    private torch.Tensor?[] TakeThere(int first, int count)
    {
        if (first < gatheredFrom || first + count > gatheredFrom + gatheredCount)
        {
            foreach (torch.Tensor? tensor in gathered) tensor?.Dispose();
            gatheredFrom = first - first % rowsGathered;
            gatheredCount = Math.Max(first + count - gatheredFrom, Math.Min(rowsGathered, order.Length - gatheredFrom));
            using torch.Tensor rows = orderTensor!.narrow(0, gatheredFrom, gatheredCount);
            gathered = [.. piece.Columns.Select((c, i) => c is null ? null : piece.Scaled(i, c.index_select(0, rows)).DetachFromDisposeScope())];
        }
        return [.. gathered.Select(g => count == gatheredCount ? g : g?.narrow(0, first - gatheredFrom, count))];
    }

    private void Copy(int column, ReadOnlySpan<int> rows)
    {
        if (piece.Columns[column] is not { } source) return;
        float? scale = piece.ScaleOf(column);
        torch.Tensor place = places[column] ??= torch.empty([batchSize, .. source.shape[1..]], scale is null ? source.dtype : torch.ScalarType.Float32).DetachFromDisposeScope();
        long size = source.numel() / source.shape[0], bytes = size * source.element_size();
        byte* from = Start(source), to = Start(place);
        for (int r = 0; r < rows.Length; r++)
        {
            byte* row = from + (rows[r] * bytes);
            if (scale is { } factor) Scale(row, (float*)to + (r * size), size, factor);
            else Buffer.MemoryCopy(row, to + (r * bytes), bytes, bytes);
        }
    }

    // The span of a large tensor would be too long for its own length; that of one row starts at the same place.
    private static byte* Start(torch.Tensor tensor)
    {
        using torch.Tensor row = tensor.narrow(0, 0, 1);
        return (byte*)Unsafe.AsPointer(ref row.bytes.GetPinnableReference());
    }

    private static void Scale(byte* from, float* to, long count, float factor)
    {
        long i = 0;
        for (; i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Unsafe.ReadUnaligned<Vector<byte>>(from + i), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            int step = Vector<uint>.Count;
            Unsafe.WriteUnaligned(to + i, Vector.ConvertToSingle(first.As<uint, int>()) * factor);
            Unsafe.WriteUnaligned(to + i + step, Vector.ConvertToSingle(second.As<uint, int>()) * factor);
            Unsafe.WriteUnaligned(to + i + 2 * step, Vector.ConvertToSingle(third.As<uint, int>()) * factor);
            Unsafe.WriteUnaligned(to + i + 3 * step, Vector.ConvertToSingle(fourth.As<uint, int>()) * factor);
        }
        for (; i < count; i++) to[i] = from[i] * factor;
    }

    private void Forget()
    {
        foreach (torch.Tensor? tensor in gathered) tensor?.Dispose();
        gathered = [];
        orderTensor?.Dispose();
        orderTensor = null;
        gatheredCount = 0;
    }
}
