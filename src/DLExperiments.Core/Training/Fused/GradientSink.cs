using System.Numerics;

namespace DLExperiments.Training.Fused;

/// <summary>
/// Takes gradients as the backward pass makes them, while they are in the nearest cache: an optimizer that updates at once, or a memory
/// that gathers them for what needs all of them first (checks, clipping by norm).
/// </summary>
internal abstract unsafe class GradientSink<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Takes the gradients of neighbouring parameters.</summary>
    /// <param name="offset">The first one's place in the network's flat memory.</param>
    /// <param name="gradients">The gradients; may be changed, and the caller uses their memory again.</param>
    /// <param name="count">How many, whole vectors.</param>
    internal abstract void Take(int offset, T* gradients, int count);
}
