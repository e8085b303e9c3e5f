using System.Numerics;
using DLExperiments.Training.Fused.Losses;

namespace DLExperiments.Training.Fused;

/// <summary>A piece of data as numbers in memory, row after row.</summary>
internal sealed unsafe class FusedPiece<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ChunkNumbers = 1 << 20;

    private readonly AlignedMemory memory = new();

    /// <summary>Reads a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    internal FusedPiece(PreparedPiece piece, int lanes)
    {
        Piece = piece;
        Size = piece.Network.InputShape.ElementCount;
        Inputs = memory.Allocate<T>((long)piece.Count * Size);
        Targets = new FusedTargets<T>(piece.Targets, piece.Layout, piece.RowWeights, lanes, memory);
        int step = Math.Clamp(ChunkNumbers / Size, 1, piece.Count);
        int[] rows = new int[step];
        float[] numbers = new float[(long)step * Size];
        for (int start = 0; start < piece.Count; start += step)
        {
            int count = Math.Min(step, piece.Count - start);
            for (int i = 0; i < count; i++) rows[i] = start + i;
            Span<float> chunk = numbers.AsSpan(0, count * Size);
            piece.ReadInput(0, rows.AsSpan(0, count), chunk);
            T* to = Inputs + (long)start * Size;
            for (int i = 0; i < chunk.Length; i++) to[i] = T.CreateTruncating(chunk[i]);
        }
    }

    internal PreparedPiece Piece { get; }

    /// <summary>Numbers in a row.</summary>
    internal int Size { get; }

    internal T* Inputs { get; }

    internal FusedTargets<T> Targets { get; }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}
