using DLExperiments.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Training.Stacking;

/// <summary>
/// The parameters of all networks of a stack in one flat tensor, and their gradients in another: parameter by parameter, in each the networks one behind the other. So
/// each is a tensor of its own that nothing has to be copied for, and an optimizer is a few operations whatever the number of networks and layers.
/// </summary>
internal sealed class StackedParameters : IDisposable
{
    private readonly record struct Slot(int Layer, ParameterSpec Parameter, long Offset)
    {
        internal int Length => Parameter.Shape.ElementCount;
    }

    private readonly Slot[] slots, bufferSlots;
    private readonly long size;
    private readonly Device device;
    private readonly Dictionary<(int Layer, string Name), Tensor> views = [], buffers = [];
    private int models;

    /// <summary>Takes the networks' weights in.</summary>
    /// <param name="runs">The networks, of the same shapes.</param>
    /// <param name="device">Where to.</param>
    internal StackedParameters(IReadOnlyList<StackedRun> runs, Device device)
    {
        this.device = device;
        models = runs.Count;
        NetworkDefinition network = runs[0].Settings.Network;
        var all = network.Layers.SelectMany((l, i) => l.Parameters.Select(p => (Layer: i, Parameter: p))).ToList();
        var trained = new List<Slot>();
        foreach ((int layer, ParameterSpec parameter) in all.Where(a => !a.Parameter.IsBuffer))
        {
            trained.Add(new Slot(layer, parameter, size));
            size += parameter.Shape.ElementCount;
        }
        slots = [.. trained];
        bufferSlots = [.. all.Where(a => a.Parameter.IsBuffer).Select(a => new Slot(a.Layer, a.Parameter, 0))];
        float[] values = new float[size * models];
        foreach (Slot slot in slots)
            for (int k = 0; k < models; k++) WeightOf(runs[k], slot).CopyTo(values, Start(slot, k));
        Lay(tensor(values).to(device));
        foreach (Slot slot in bufferSlots)
        {
            float[] kept = [.. runs.SelectMany(r => WeightOf(r, slot))];
            buffers[(slot.Layer, slot.Parameter.Name)] = tensor(kept, ShapeOf(slot)).to(device).DetachFromDisposeScope();
        }
    }

    /// <summary>All trained parameters, [n].</summary>
    internal Tensor Values { get; private set; } = null!;

    /// <summary>Their gradients, [n].</summary>
    internal Tensor Gradients { get; private set; } = null!;

    /// <summary>Which network each number belongs to: int64 [n].</summary>
    internal Tensor Owners { get; private set; } = null!;

    /// <summary>A parameter or buffer of all networks, [K·d,...] where one network's is [d,...]; null when there is none.</summary>
    internal Tensor? Find(int layer, string name) => views.TryGetValue((layer, name), out Tensor? view) ? view : buffers.GetValueOrDefault((layer, name));

    /// <summary>The weights of one network.</summary>
    /// <param name="network">Its definition.</param>
    /// <param name="row">Its place.</param>
    internal WeightSet Export(NetworkDefinition network, int row)
    {
        using DisposeScope scope = NewDisposeScope();
        var values = new Dictionary<(int, string), float[]>();
        foreach (Slot slot in slots) values[(slot.Layer, slot.Parameter.Name)] = Values.narrow(0, Start(slot, row), slot.Length).cpu().data<float>().ToArray();
        foreach (Slot slot in bufferSlots) values[(slot.Layer, slot.Parameter.Name)] = BufferOf(slot, row).cpu().data<float>().ToArray();
        return new WeightSet(network.Layers.SelectMany((l, i) => l.Parameters.Select(p => new WeightTensor($"{l.Name}.{p.Name}", p.Shape, values[(i, p.Name)], p.IsBuffer))));
    }

    /// <summary>Gives one network other weights.</summary>
    /// <param name="network">Its definition.</param>
    /// <param name="row">Its place.</param>
    /// <param name="weights">The weights.</param>
    internal void Import(NetworkDefinition network, int row, WeightSet weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        foreach (Slot slot in slots) Values.narrow(0, Start(slot, row), slot.Length).copy_(tensor(weights[NameOf(network, slot)].Values));
        foreach (Slot slot in bufferSlots) BufferOf(slot, row).copy_(tensor(weights[NameOf(network, slot)].Values));
    }

    /// <summary>Where in a flat tensor the numbers of some networks are, in the order of a flat tensor of those alone: int64.</summary>
    /// <param name="rows">The places of the networks.</param>
    internal Tensor PlacesOf(IReadOnlyList<int> rows)
    {
        long[] places = new long[size * rows.Count];
        int at = 0;
        foreach (Slot slot in slots)
            foreach (int row in rows)
                for (long from = Start(slot, row), i = 0; i < slot.Length; i++) places[at++] = from + i;
        return tensor(places).to(device);
    }

    /// <summary>Drops all networks but some.</summary>
    /// <param name="rows">The places of those that stay.</param>
    /// <param name="places">What <see cref="PlacesOf"/> gave for them.</param>
    internal void Keep(IReadOnlyList<int> rows, Tensor places)
    {
        using IDisposable quiet = no_grad();
        using Tensor index = tensor(rows.Select(r => (long)r).ToArray()).to(device);
        int before = models;
        models = rows.Count;
        foreach (Slot slot in bufferSlots)
        {
            using Tensor old = buffers[(slot.Layer, slot.Parameter.Name)], apart = old.view(before, -1), kept = apart.index_select(0, index);
            buffers[(slot.Layer, slot.Parameter.Name)] = kept.view(ShapeOf(slot)).DetachFromDisposeScope();
        }
        Lay(Values.index_select(0, places));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        foreach (Tensor buffer in buffers.Values) buffer.Dispose();
        buffers.Clear();
    }

    private static string NameOf(NetworkDefinition network, Slot slot) => $"{network.Layers[slot.Layer].Name}.{slot.Parameter.Name}";

    private static float[] WeightOf(StackedRun run, Slot slot) => run.Settings.Weights[NameOf(run.Settings.Network, slot)].Values;

    private long Start(Slot slot, int row) => (slot.Offset * models) + ((long)row * slot.Length);

    private long[] ShapeOf(Slot slot) => slot.Parameter.Shape.Count == 0 ? [models] : [models * slot.Parameter.Shape[0], .. slot.Parameter.Shape.Sizes.Skip(1).Select(s => (long)s)];

    private Tensor BufferOf(Slot slot, int row) => buffers[(slot.Layer, slot.Parameter.Name)].view(models, -1).select(0, row);

    /// <summary>Makes a flat tensor the parameters, with views for the layers, gradients and owners.</summary>
    private void Lay(Tensor values)
    {
        Free();
        Values = values.DetachFromDisposeScope();
        Gradients = zeros_like(Values).DetachFromDisposeScope();
        long[] owners = new long[size * models];
        foreach (Slot slot in slots)
        {
            for (int k = 0; k < models; k++) owners.AsSpan((int)Start(slot, k), slot.Length).Fill(k);
            using Tensor part = Values.narrow(0, slot.Offset * models, (long)slot.Length * models), shaped = part.view(ShapeOf(slot));
            using Tensor slope = Gradients.narrow(0, slot.Offset * models, (long)slot.Length * models), gradient = slope.view(ShapeOf(slot));
            // Autograd then adds into the flat gradient in place.
            Tensor leaf = shaped.detach().requires_grad_(true);
            leaf.grad = gradient;
            views[(slot.Layer, slot.Parameter.Name)] = leaf.DetachFromDisposeScope();
        }
        Owners = tensor(owners).to(device).DetachFromDisposeScope();
    }

    private void Free()
    {
        foreach (Tensor view in views.Values) view.Dispose();
        views.Clear();
        Values?.Dispose();
        Gradients?.Dispose();
        Owners?.Dispose();
    }
}
