using System.Numerics;
using DLExperiments.Losses;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>A loss at work: its value, and its gradient at the outputs.</summary>
internal abstract unsafe class FusedLoss<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether the rows are a part of a batch that has weight, but have none of their own: the gradient is then that of their sum.</summary>
    internal bool IsWeightless { get; set; }

    /// <summary>Computes the loss of a batch and, where wanted, the gradient of what the definition makes of it: its mean or its sum.</summary>
    /// <param name="outputs">[rows][width], padded to whole vectors.</param>
    /// <param name="width">Numbers in a row, padding included.</param>
    /// <param name="index">Each row's place among the targets.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="delta">Gets the gradient, [rows][width], 0 in the padding; null when it is not wanted.</param>
    internal abstract LossSum Compute(T* outputs, int width, int* index, int rows, FusedTargets<T> targets, T* delta);
}

/// <summary>A kind of loss that the fused engine knows, registered for the class of its definition.</summary>
internal abstract class FusedLossKind
{
    /// <summary>The class of the definition.</summary>
    internal abstract Type Definition { get; }

    /// <summary>Why a loss of the class cannot be taken, as a clause; null when it can.</summary>
    /// <param name="layout">The form of the targets.</param>
    internal virtual string? Refuse(TargetLayout layout) => null;

    /// <summary>Makes the loss.</summary>
    /// <param name="loss">Its settings.</param>
    /// <param name="layout">The form of the targets.</param>
    /// <param name="memory">Gives memory.</param>
    internal abstract FusedLoss<TVec, T> Make<TVec, T>(Loss loss, TargetLayout layout, AlignedMemory memory)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}
