using System.Runtime.InteropServices;
using DLExperiments.Data;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>A piece of data as tensors on a device: uploaded once, in chunks, without a second copy of all of it in managed memory.</summary>
internal sealed class TorchPiece : IDisposable
{
    private const int ChunkElements = 1 << 22;

    private readonly torch.Tensor?[] inputs;
    private readonly Scalar?[] scales;
    private readonly float?[] factors;

    /// <summary>Uploads a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="device">Where to.</param>
    /// <param name="leaveOut">Says of an input's place whether its batches come from elsewhere.</param>
    internal TorchPiece(PreparedPiece piece, torch.Device device, Func<int, bool> leaveOut)
    {
        using var scope = torch.NewDisposeScope();
        Piece = piece;
        int count = piece.Sources.Count;
        inputs = new torch.Tensor?[count];
        scales = new Scalar?[count];
        factors = new float?[count];
        for (int i = 0; i < count; i++)
        {
            // Bytes stay bytes until the batch: a quarter of the memory, and of the traffic of gathering.
            if (leaveOut(i)) continue;
            PixelColumn? bytes = piece.BytesOf(i);
            scales[i] = bytes is null ? null : bytes.Scale.ToScalar();
            factors[i] = bytes?.Scale;
            inputs[i] = Detached(Upload(piece, i, bytes), device);
        }
        Targets = [.. piece.TargetSets.Select(t =>
        {
            torch.Tensor targets = torch.tensor(t.Values, t.Layout.Shape.WithBatch(piece.Count));
            return Detached(t.Layout.IsIndex ? targets.to(torch.ScalarType.Int64) : targets, device);
        })];
        if (piece.RowWeights is { } weights) Weights = Detached(torch.tensor(weights), device);
        Columns = [.. inputs, .. Targets, .. Weights is null ? Array.Empty<torch.Tensor>() : [Weights]];
        BytesPerRow = inputs.Sum(t => t is null ? 0 : t.numel() / piece.Count * (t.dtype == torch.ScalarType.Byte ? 1 : 4));
    }

    internal PreparedPiece Piece { get; }

    /// <summary>The targets, one tensor for each set of the piece.</summary>
    internal torch.Tensor[] Targets { get; }

    /// <summary>One weight a row, or null.</summary>
    internal torch.Tensor? Weights { get; }

    internal long BytesPerRow { get; }

    /// <summary>All tensors: the inputs, null for those left out, the targets and the weights where there are any.</summary>
    internal IReadOnlyList<torch.Tensor?> Columns { get; }

    /// <summary>What the bytes of a column are multiplied by to be what the network sees; null for a column that is not bytes.</summary>
    internal float? ScaleOf(int column) => column < factors.Length ? factors[column] : null;

    /// <summary>Rows of a column as the network wants them.</summary>
    internal torch.Tensor Scaled(int column, torch.Tensor rows) => column < scales.Length && scales[column] is { } scale ? rows.to(torch.ScalarType.Float32).mul_(scale) : rows;

    /// <summary>The inputs of some rows as the network wants them, null for those left out; the result lies in the caller's dispose scope.</summary>
    /// <param name="select">Takes the rows out of a whole tensor.</param>
    internal torch.Tensor?[] Take(Func<torch.Tensor, torch.Tensor> select)
    {
        var taken = new torch.Tensor?[inputs.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            if (inputs[i] is { } all) taken[i] = Scaled(i, select(all));
        }
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor? tensor in inputs) tensor?.Dispose();
        foreach (Scalar? scale in scales) scale?.Dispose();
        foreach (torch.Tensor tensor in Targets) tensor.Dispose();
        Weights?.Dispose();
    }

    private static torch.Tensor Detached(torch.Tensor tensor, torch.Device device) => tensor.to(device).DetachFromDisposeScope();

    private static torch.Tensor Upload(PreparedPiece piece, int input, PixelColumn? bytes)
    {
        torch.Tensor all = torch.empty(piece.Sources[input].Input.Shape.WithBatch(piece.Count),
            bytes is null ? torch.ScalarType.Float32 : torch.ScalarType.Byte);
        int size = piece.Sources[input].Input.Shape.ElementCount, step = Math.Max(1, ChunkElements / size);
        int[] rows = new int[Math.Min(step, piece.Count)];
        for (int start = 0; start < piece.Count; start += step)
        {
            int count = Math.Min(step, piece.Count - start);
            for (int r = 0; r < count; r++) rows[r] = start + r;
            using torch.Tensor part = all.narrow(0, start, count);
            if (bytes is null) piece.ReadInput(input, rows.AsSpan(0, count), MemoryMarshal.Cast<byte, float>(part.bytes));
            else piece.ReadBytes(bytes, rows.AsSpan(0, count), part.bytes);
        }
        return all;
    }
}
