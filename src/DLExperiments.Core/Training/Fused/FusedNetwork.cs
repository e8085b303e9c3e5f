using System.Numerics;
using DLExperiments.Networks;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Fused.Layers;

namespace DLExperiments.Training.Fused;

/// <summary>A chain of fused layers with its parameters in one flat memory.</summary>
internal sealed unsafe class FusedNetwork<TVec, T> : IDisposable
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Strip = 16;

    private readonly NetworkDefinition definition;
    private readonly FusedLayer<TVec, T>[] layers;
    private readonly ParameterSlot[] slots;
    private readonly int firstTrained;
    private readonly WorkCrew? crew;

    /// <summary>Makes a network of what <see cref="FusedScope"/> does not refuse.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="capacity">The most rows in a batch.</param>
    /// <param name="seed">The run's seed, for dropout.</param>
    /// <param name="threads">How many threads share wide layers.</param>
    internal FusedNetwork(NetworkDefinition definition, int capacity, long seed = 0, int threads = 1)
    {
        crew = threads > 1 ? new WorkCrew(threads) : null;
        this.definition = definition;
        Batch = new FusedBatch<T>(Memory, capacity);
        var plan = new ParameterPlan(TVec.Count);
        layers = new FusedLayer<TVec, T>[definition.Layers.Length];
        firstTrained = layers.Length;
        for (int i = 0; i < layers.Length; i++)
        {
            LayerNode node = definition.Layers[i];
            var site = new FusedSite<TVec, T>(node, i, seed, i > 0 ? layers[i - 1] : null, firstTrained < i, Batch, plan, Memory, crew);
            layers[i] = FusedLayerKinds.Find(node.Layer.GetType())!.Make(site);
            if (firstTrained == layers.Length && node.TrainableParameterCount > 0) firstTrained = i;
        }
        slots = plan.InOrder(definition);
        Size = plan.Size;
        Parameters = Memory.Allocate<T>(Size);
        foreach (FusedLayer<TVec, T> layer in layers) layer.Bind(Parameters);
    }

    internal AlignedMemory Memory { get; } = new();

    /// <summary>The batch that is computed next.</summary>
    internal FusedBatch<T> Batch { get; }

    /// <summary>All parameters and buffers, padded.</summary>
    internal T* Parameters { get; }

    /// <summary>How many numbers that is.</summary>
    internal int Size { get; }

    /// <summary>Numbers in a row of the inputs.</summary>
    internal int InputSize => definition.InputShape.ElementCount;

    /// <summary>The outputs of the batch, [rows][<see cref="OutputWidth"/>].</summary>
    internal T* Output => layers[^1].Output;

    /// <summary>Where the loss puts the gradient of the outputs.</summary>
    internal T* OutputDelta => layers[^1].Delta;

    /// <summary>Numbers in an output row.</summary>
    internal int OutputSize => layers[^1].Size;

    /// <summary>Numbers in an output row, padding included.</summary>
    internal int OutputWidth => layers[^1].Width;

    /// <summary>Computes the batch's outputs.</summary>
    internal void Forward()
    {
        foreach (FusedLayer<TVec, T> layer in layers) layer.Forward();
    }

    /// <summary>Computes the gradients of all trained parameters, last layer first, from that of the outputs.</summary>
    /// <param name="sink">Takes them.</param>
    internal void Backward(GradientSink<T> sink)
    {
        for (int i = layers.Length - 1; i >= firstTrained; i--) layers[i].Backward(sink);
    }

    /// <summary>Copies weights in.</summary>
    internal void Import(WeightSet weights)
    {
        weights.Verify(definition);
        foreach (ParameterSlot slot in slots) Write(slot, Parameters, weights[slot.Name].Values);
    }

    /// <summary>Copies weights out.</summary>
    internal WeightSet Export()
    {
        var specs = definition.Layers.SelectMany(l => l.Parameters);
        return new WeightSet([.. slots.Zip(specs, (slot, spec) => new WeightTensor(slot.Name, spec.Shape, Read(slot, Parameters), spec.IsBuffer))]);
    }

    /// <summary>Copies values of the trained parameters out, in the order of the network's flat parameters.</summary>
    /// <param name="values">Laid out as <see cref="Parameters"/>.</param>
    internal float[] Flatten(T* values)
    {
        float[] flat = new float[slots.Sum(s => s.IsTrained ? s.Count : 0)];
        int at = 0;
        foreach (ParameterSlot slot in slots)
        {
            if (!slot.IsTrained) continue;
            Read(slot, values, flat.AsSpan(at, slot.Count));
            at += slot.Count;
        }
        return flat;
    }

    /// <summary>Copies values of the trained parameters in.</summary>
    /// <param name="flat">In the order of the network's flat parameters.</param>
    /// <param name="values">Laid out as <see cref="Parameters"/>.</param>
    internal void Unflatten(ReadOnlySpan<float> flat, T* values)
    {
        foreach (ParameterSlot slot in slots)
        {
            if (!slot.IsTrained) continue;
            Write(slot, values, flat[..slot.Count]);
            flat = flat[slot.Count..];
        }
    }

    /// <summary>The parameters that the optimizer changes, with what the definition says of them.</summary>
    internal IEnumerable<(ParameterSlot Slot, ParameterSpec Spec)> Trained() =>
        slots.Zip(definition.Layers.SelectMany(l => l.Parameters)).Where(p => p.First.IsTrained);

    /// <summary>The stretches of <see cref="Parameters"/> that the optimizer changes, padding included; neighbours are one.</summary>
    internal (int Offset, int Count)[] TrainedRegions()
    {
        var regions = new List<(int Offset, int Count)>();
        foreach (ParameterSlot slot in slots.Where(s => s.IsTrained).OrderBy(s => s.Offset))
        {
            if (regions.Count > 0 && regions[^1] is var last && last.Offset + last.Count == slot.Offset) regions[^1] = (last.Offset, last.Count + (slot.Rows * slot.Width));
            else regions.Add((slot.Offset, slot.Rows * slot.Width));
        }
        return [.. regions];
    }

    /// <summary>Where each trained number lies in <see cref="Parameters"/>, in the order of the network's flat parameters.</summary>
    internal int[] TrainedPlaces() => [.. slots.Where(s => s.IsTrained).SelectMany(s => Enumerable.Range(0, s.Count).Select(s.At))];

    /// <inheritdoc/>
    public void Dispose()
    {
        crew?.Dispose();
        Memory.Dispose();
    }

    private static float[] Read(ParameterSlot slot, T* values)
    {
        float[] read = new float[slot.Count];
        Read(slot, values, read);
        return read;
    }

    // A checkpoint copies all of it, so the turning is by strips: both sides then stay within a few cache lines.
    private static void Read(ParameterSlot slot, T* values, Span<float> to)
    {
        for (int first = 0; first < slot.Columns; first += Strip)
            for (int row = 0; row < slot.Rows; row++)
            {
                T* from = values + slot.At(row);
                for (int column = first; column < Math.Min(first + Strip, slot.Columns); column++) to[column * slot.Rows + row] = float.CreateTruncating(from[column]);
            }
    }

    private static void Write(ParameterSlot slot, T* values, ReadOnlySpan<float> from)
    {
        for (int first = 0; first < slot.Columns; first += Strip)
            for (int row = 0; row < slot.Rows; row++)
            {
                T* to = values + slot.At(row);
                for (int column = first; column < Math.Min(first + Strip, slot.Columns); column++) to[column] = T.CreateTruncating(from[column * slot.Rows + row]);
            }
    }
}
