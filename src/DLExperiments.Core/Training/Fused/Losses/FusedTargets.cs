using System.Numerics;
using DLExperiments.Losses;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>The targets of a piece: class indices, or rows of numbers padded to whole vectors.</summary>
internal sealed unsafe class FusedTargets<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Copies targets.</summary>
    /// <param name="values">Row-major, as <see cref="PreparedPiece.Targets"/> has them.</param>
    /// <param name="layout">Their form.</param>
    /// <param name="rowWeights">One weight a row, or null for equal weights.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    /// <param name="memory">Where they are kept.</param>
    internal FusedTargets(ReadOnlySpan<float> values, TargetLayout layout, float[]? rowWeights, int lanes, AlignedMemory memory)
    {
        int size = layout.Width, rows = values.Length / size;
        if (rowWeights is not null)
        {
            Weights = memory.Allocate<T>(rows);
            for (int i = 0; i < rows; i++) Weights[i] = T.CreateTruncating(rowWeights[i]);
        }
        if (layout.IsIndex)
        {
            Classes = memory.Allocate<int>(rows);
            for (int i = 0; i < rows; i++) Classes[i] = (int)values[i];
            return;
        }
        Width = (size + lanes - 1) / lanes * lanes;
        Values = memory.Allocate<T>((long)rows * Width);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < size; j++) Values[(nint)i * Width + j] = T.CreateTruncating(values[i * size + j]);
    }

    /// <summary>The class of each row; null when targets are numbers.</summary>
    internal int* Classes { get; }

    /// <summary>The numbers, [rows][<see cref="Width"/>]; null when targets are classes.</summary>
    internal T* Values { get; }

    /// <summary>The weight of each row; null when all weigh the same.</summary>
    internal T* Weights { get; }

    /// <summary>Numbers in a row, padding included.</summary>
    internal int Width { get; }
}
