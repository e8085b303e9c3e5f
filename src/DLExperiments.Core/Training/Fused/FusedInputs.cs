using System.Numerics;

namespace DLExperiments.Training.Fused;

/// <summary>The features of a piece of data as the network sees them, row after row. They are only read, so that trainings side by side can share them.</summary>
internal sealed unsafe class FusedInputs<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ChunkNumbers = 1 << 20;

    private readonly AlignedMemory memory = new();

    /// <summary>Reads the features, and checks that they are finite.</summary>
    /// <param name="piece">The piece.</param>
    internal FusedInputs(PreparedPiece piece)
    {
        int size = piece.Network.InputShape.ElementCount;
        Numbers = memory.Allocate<T>((long)piece.Count * size, isFilled: true);
        int step = Math.Clamp(ChunkNumbers / size, 1, piece.Count);
        int[] rows = new int[step];
        float[] numbers = typeof(T) == typeof(float) ? [] : new float[(long)step * size];
        for (int start = 0; start < piece.Count; start += step)
        {
            int count = Math.Min(step, piece.Count - start);
            for (int i = 0; i < count; i++) rows[i] = start + i;
            T* to = Numbers + (long)start * size;
            if (typeof(T) == typeof(float))
            {
                piece.ReadInput(0, rows.AsSpan(0, count), new Span<float>(to, count * size));
                continue;
            }
            Span<float> chunk = numbers.AsSpan(0, count * size);
            piece.ReadInput(0, rows.AsSpan(0, count), chunk);
            for (int i = 0; i < chunk.Length; i++) to[i] = T.CreateTruncating(chunk[i]);
        }
    }

    /// <summary>The numbers.</summary>
    internal T* Numbers { get; }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}
