using System.Numerics;

namespace DLExperiments.Training.Fused;

/// <summary>One batch on its way through a fused network; reused for all batches.</summary>
internal sealed unsafe class FusedBatch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes room.</summary>
    /// <param name="memory">Where.</param>
    /// <param name="capacity">The most rows.</param>
    internal FusedBatch(AlignedMemory memory, int capacity)
    {
        Capacity = capacity;
        Rows = memory.AllocatePointers<T>(capacity);
        Index = memory.Allocate<int>(capacity);
    }

    /// <summary>The most rows.</summary>
    internal int Capacity { get; }

    /// <summary>A pointer to each row's inputs.</summary>
    internal T** Rows { get; }

    /// <summary>Each row's place in its piece, where its target is.</summary>
    internal int* Index { get; }

    /// <summary>How many rows.</summary>
    internal int Count { get; set; }

    /// <summary>Whether it is a training step.</summary>
    internal bool IsTraining { get; set; }

    /// <summary>The step over all epochs, from 0.</summary>
    internal long Step { get; set; }
}
