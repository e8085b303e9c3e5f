using System.Numerics;
using DLExperiments.Networks;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>A layer at work: owns its output and the gradient of it, [rows][width] with rows padded to whole vectors; gradients are 0 in the padding.</summary>
internal abstract unsafe class FusedLayer<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes room for a batch.</summary>
    /// <param name="site">Where the layer stands.</param>
    protected FusedLayer(FusedSite<TVec, T> site)
    {
        Site = site;
        Size = site.Node.OutputShape.ElementCount;
        Width = site.Plan.Pad(Size);
        Output = site.Memory.Allocate<T>((long)site.Batch.Capacity * Width);
        Delta = site.Memory.Allocate<T>((long)site.Batch.Capacity * Width);
        Rows = site.Memory.AllocatePointers<T>(site.Batch.Capacity);
        for (int i = 0; i < site.Batch.Capacity; i++) Rows[i] = Output + (nint)i * Width;
    }

    /// <summary>Numbers in an output row.</summary>
    internal int Size { get; }

    /// <summary>Numbers in an output row, padding included.</summary>
    internal int Width { get; }

    /// <summary>The outputs.</summary>
    internal T* Output { get; }

    /// <summary>A pointer to each row of the outputs.</summary>
    internal T** Rows { get; }

    /// <summary>The gradient of the outputs; the layer behind writes it.</summary>
    internal T* Delta { get; }

    protected FusedSite<TVec, T> Site { get; }

    protected FusedBatch<T> Batch => Site.Batch;

    /// <summary>A pointer to each input row.</summary>
    protected T** Inputs => Site.Previous is { } previous ? previous.Rows : Site.Batch.Rows;

    /// <summary>Where the gradient of the inputs goes; null when nothing before this layer is trained.</summary>
    protected T* InputDelta => Site.PassesGradient ? Site.Previous!.Delta : null;

    /// <summary>Learns where the parameters are.</summary>
    /// <param name="parameters">The network's flat memory.</param>
    internal virtual void Bind(T* parameters)
    {
    }

    /// <summary>Computes the batch's outputs.</summary>
    internal abstract void Forward();

    /// <summary>Computes the gradient of the inputs with the weights as they are, then gives the sink those of the parameters.</summary>
    /// <param name="sink">Takes the gradients.</param>
    internal abstract void Backward(GradientSink<T> sink);
}

/// <summary>Where a layer stands in a fused network.</summary>
/// <param name="Node">The layer in the definition.</param>
/// <param name="Place">Its place, which keys its randomness.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Previous">The layer before it; null for the first.</param>
/// <param name="PassesGradient">Whether a layer before it is trained.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Plan">Lays out parameters.</param>
/// <param name="Memory">Gives memory.</param>
/// <param name="Crew">Threads that wide layers share their work among; null for one thread.</param>
internal sealed record FusedSite<TVec, T>(LayerNode Node, int Place, long Seed, FusedLayer<TVec, T>? Previous, bool PassesGradient,
    FusedBatch<T> Batch, ParameterPlan Plan, AlignedMemory Memory, WorkCrew? Crew)
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>;
