using System.Numerics;
using System.Runtime.ExceptionServices;

namespace DLExperiments.Training.Fused;

/// <summary>
/// The features of a piece of data as the network sees them, row after row. They are only read, so that trainings side by side can share them; those that
/// need them at once read them together.
/// </summary>
internal sealed unsafe class FusedInputs<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ChunkNumbers = 1 << 18;

    private readonly AlignedMemory memory = new();
    private readonly PreparedPiece piece;
    private readonly int size, step;
    private readonly ExceptionDispatchInfo?[] faults;
    private readonly CountdownEvent unread;
    private int taken = -1;

    /// <summary>Makes room for the features; <see cref="Read"/> reads them.</summary>
    /// <param name="piece">The piece.</param>
    internal FusedInputs(PreparedPiece piece)
    {
        this.piece = piece;
        size = piece.Network.InputShape.ElementCount;
        step = Math.Clamp(ChunkNumbers / size, 1, piece.Count);
        faults = new ExceptionDispatchInfo?[(piece.Count + step - 1) / step];
        unread = new CountdownEvent(faults.Length);
        Numbers = memory.Allocate<T>((long)piece.Count * size, isFilled: true);
    }

    /// <summary>The numbers.</summary>
    internal T* Numbers { get; }

    /// <summary>Returns when all features are read and were found to be finite. Each caller reads some: no thread waits while another does all, and none is asked for.</summary>
    /// <exception cref="Errors.ExperimentException">NonFiniteData: of the first row that has such a number, whoever met it.</exception>
    internal void Read()
    {
        while (!unread.IsSet && Interlocked.Increment(ref taken) is var chunk && chunk < faults.Length)
        {
            try
            {
                ReadChunk(chunk);
            }
            catch (Exception e)
            {
                // Everybody who needs the data is to know.
                faults[chunk] = ExceptionDispatchInfo.Capture(e);
            }
            unread.Signal();
        }
        unread.Wait();
        Array.Find(faults, f => f is not null)?.Throw();
    }

    private void ReadChunk(int chunk)
    {
        int start = chunk * step, count = Math.Min(step, piece.Count - start);
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) rows[i] = start + i;
        T* to = Numbers + (long)start * size;
        if (typeof(T) == typeof(float))
        {
            piece.ReadInput(0, rows, new Span<float>(to, count * size));
            return;
        }
        float[] numbers = new float[count * size];
        piece.ReadInput(0, rows, numbers);
        for (int i = 0; i < numbers.Length; i++) to[i] = T.CreateTruncating(numbers[i]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        unread.Dispose();
    }
}
