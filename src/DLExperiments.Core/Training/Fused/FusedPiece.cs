using System.Numerics;
using DLExperiments.Training.Fused.Losses;

namespace DLExperiments.Training.Fused;

/// <summary>A piece of data as numbers in memory, row after row.</summary>
internal sealed unsafe class FusedPiece<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedMemory memory = new();
    private readonly FusedInputs<T> inputs;
    private readonly FusedInputs<T>? own;

    /// <summary>Reads a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    internal FusedPiece(PreparedPiece piece, int lanes)
    {
        Piece = piece;
        Size = piece.Network.InputShape.ElementCount;
        inputs = TrainingScope.Current?.Shared is { } shared && shared.Covers(piece.Data)
            ? shared.Get((piece.Data, piece.PreprocessingKey, typeof(T)), () => new FusedInputs<T>(piece)) : own = new FusedInputs<T>(piece);
        inputs.Read();
        Targets = new FusedTargets<T>(piece.Targets, piece.Layout, piece.RowWeights, lanes, memory);
    }

    internal PreparedPiece Piece { get; }

    /// <summary>Numbers in a row.</summary>
    internal int Size { get; }

    internal T* Inputs => inputs.Numbers;

    internal FusedTargets<T> Targets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        own?.Dispose();
        memory.Dispose();
    }
}
