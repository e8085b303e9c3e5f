using DLExperiments.Errors;
using DLExperiments.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Networks.Torch;

/// <summary>
/// A network that computes with libtorch. All trainable parameters lie in one flat tensor and their gradients in another, so that an
/// optimizer is a few operations on two tensors. The tensors belong to this object, not to the dispose scope of the caller.
/// </summary>
public sealed class TorchNetwork : IDisposable
{
    private readonly FlatBuffer trainable, frozen, buffers;
    private readonly LayerContext[] contexts;
    private readonly string[][] lastUses;

    /// <summary>Puts a network on a device.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="weights">Its weights; copied.</param>
    /// <param name="device">The device; the CPU by default.</param>
    /// <param name="type">The numbers to compute with; 32-bit by default, 64-bit for checks.</param>
    /// <exception cref="ExperimentException">WeightMismatch: the weights are not this network's.</exception>
    public TorchNetwork(NetworkDefinition definition, WeightSet weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        weights.Verify(definition);
        TorchLibrary.EnsureLoaded();
        Definition = definition;
        Device = device ?? CPU;
        var all = definition.Layers.SelectMany(l => l.Parameters.Select(p => (Layer: l, Name: $"{l.Name}.{p.Name}", Parameter: p))).ToList();
        FlatBuffer Gather(Func<LayerNode, ParameterSpec, bool> choose, bool requiresGrad) =>
            new(all.Where(a => choose(a.Layer, a.Parameter)).Select(a => (a.Name, a.Parameter)), type, Device, requiresGrad);
        trainable = Gather((l, p) => !p.IsBuffer && !l.IsFrozen, requiresGrad: true);
        frozen = Gather((l, p) => !p.IsBuffer && l.IsFrozen, requiresGrad: false);
        buffers = Gather((_, p) => p.IsBuffer, requiresGrad: false);
        var owners = definition.Layers.Where(l => l.SharedWith is null).ToDictionary(l => l.Name, StringComparer.Ordinal);
        contexts = [.. definition.Layers.Select((layer, place) => (Owner: owners[layer.WeightOwner], Layer: layer, Place: place))
            .Select(l => new LayerContext(l.Layer.Name, l.Place,
                l.Owner.Parameters.ToDictionary(p => p.Name, p => BufferOf(l.Owner, p)[$"{l.Owner.Name}.{p.Name}"])) { IsFrozen = l.Owner.IsFrozen })];
        lastUses = FindLastUses(definition);
        LoadWeights(weights);
    }

    /// <summary>The network.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>All trainable parameters, one after the other: [n]. Layers see views of it, so changing it in place changes them.</summary>
    public Tensor FlatParameters => trainable.Values;

    /// <summary>The gradients of <see cref="FlatParameters"/>: [n]. A backward pass adds to it; zero it before each step.</summary>
    public Tensor FlatGradients => trainable.Gradients!;

    /// <summary>Where each trainable parameter lies in <see cref="FlatParameters"/>.</summary>
    public IReadOnlyList<ParameterSlice> ParameterSlices => trainable.Slices;

    /// <summary>Sets all gradients to zero.</summary>
    public void ZeroGradients() => FlatGradients.zero_();

    /// <summary>A trainable parameter, frozen parameter or buffer as the view that the layers use; do not dispose it.</summary>
    /// <param name="name">Full name: <c>layer.parameter</c>.</param>
    /// <exception cref="ExperimentException">UnknownWeight: there is none of that name.</exception>
    public Tensor GetParameter(string name)
    {
        foreach (FlatBuffer buffer in new[] { trainable, frozen, buffers })
            if (buffer.Slices.Any(s => s.Name == name)) return buffer[name];
        throw new ExperimentException("UnknownWeight", ErrorKind.NotFound, $"There is no weight named '{name}'. "
            + NearNames.Suggest(name, [.. trainable.Slices.Concat(frozen.Slices).Concat(buffers.Slices).Select(s => s.Name)]), name);
    }

    /// <summary>Computes a batch; recorded by autograd where the caller has gradients on.</summary>
    /// <param name="inputs">One tensor for each input of the network, batch dimension first, on its device.</param>
    /// <param name="training">Whether dropout drops and batch norm uses and follows the batch.</param>
    /// <param name="seed">The run's seed, for dropout.</param>
    /// <param name="step">The step over all epochs, for dropout.</param>
    /// <param name="outputs">Names of the layers wanted; the network's outputs by default. Only what they need is computed.</param>
    /// <returns>One tensor for each name, in the dispose scope of the caller.</returns>
    /// <exception cref="ExperimentException">InputMismatch: the number or shape of the inputs is not the network's; or an unknown layer name.</exception>
    public Tensor[] Forward(IReadOnlyList<Tensor> inputs, bool training, long seed = 0, long step = 0, IReadOnlyList<string>? outputs = null)
    {
        Verify(inputs);
        IReadOnlyList<string> wanted = outputs is null ? Definition.Outputs : [.. outputs.Select(Definition.ResolveName)];
        HashSet<string>? needed = outputs is null && Definition.NamedOutputs.IsEmpty ? null : Needed(wanted);
        bool recording = is_grad_enabled();
        using DisposeScope scope = NewDisposeScope();
        var results = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Count; i++) results[Definition.Inputs[i].Name] = inputs[i];
        for (int i = 0; i < contexts.Length; i++)
        {
            LayerNode layer = Definition.Layers[i];
            if (needed?.Contains(layer.Name) == false) continue;
            LayerContext context = contexts[i];
            (context.IsTraining, context.Seed, context.Step) = (training, seed, step);
            Tensor[] sources = new Tensor[layer.From.Length];
            for (int s = 0; s < sources.Length; s++) sources[s] = results[layer.From[s]];
            results[layer.Name] = recording ? layer.Layer.Forward(context, sources) : Evaluate(layer, context, sources);
            if (!recording) Release(results, i, wanted);
        }
        // An output can be the caller's own input or be asked for twice (Identity, dropout in evaluation): each gets a handle of its own.
        return [.. wanted.Select(name => results[name].alias().MoveToOuterDisposeScope())];
    }

    /// <summary>Copies weights in.</summary>
    /// <param name="weights">The weights of this network.</param>
    /// <exception cref="ExperimentException">WeightMismatch: they are not this network's.</exception>
    public void LoadWeights(WeightSet weights)
    {
        weights.Verify(Definition);
        trainable.Load(weights);
        frozen.Load(weights);
        buffers.Load(weights);
    }

    /// <summary>Copies the weights out.</summary>
    public WeightSet ExportWeights()
    {
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        trainable.Export(values);
        frozen.Export(values);
        buffers.Export(values);
        return new WeightSet(Definition.Layers.SelectMany(l => l.Parameters.Select(p =>
            new WeightTensor($"{l.Name}.{p.Name}", p.Shape, values[$"{l.Name}.{p.Name}"], p.IsBuffer))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LayerContext context in contexts) context.DisposeStates();
        trainable.Dispose();
        frozen.Dispose();
        buffers.Dispose();
    }

    // Without autograd nobody needs a layer's temporaries, nor a result after its last use: a deep network then holds a few maps, not all.
    private static Tensor Evaluate(LayerNode layer, LayerContext context, Tensor[] sources)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor result = layer.Layer.Forward(context, sources);
        return sources.Any(s => ReferenceEquals(s, result)) ? result : result.MoveToOuterDisposeScope();
    }

    private void Release(Dictionary<string, Tensor> results, int place, IReadOnlyList<string> wanted)
    {
        foreach (string name in lastUses[place])
        {
            if (wanted.Contains(name) || !results.Remove(name, out Tensor? result)) continue;
            // Identity and dropout in evaluation pass their input on: the same tensor under two names.
            if (!results.Values.Any(other => ReferenceEquals(other, result))) result.Dispose();
        }
    }

    // For each layer, the layers whose results nobody reads after it; inputs of the network are the caller's and stay.
    private static string[][] FindLastUses(NetworkDefinition definition)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < definition.Layers.Length; i++)
        {
            last[definition.Layers[i].Name] = i;
            foreach (string source in definition.Layers[i].From.Where(last.ContainsKey)) last[source] = i;
        }
        ILookup<int, string> names = last.ToLookup(l => l.Value, l => l.Key);
        return [.. Enumerable.Range(0, definition.Layers.Length).Select(i => names[i].ToArray())];
    }

    private FlatBuffer BufferOf(LayerNode layer, ParameterSpec parameter) => parameter.IsBuffer ? buffers : layer.IsFrozen ? frozen : trainable;

    private HashSet<string> Needed(IEnumerable<string> wanted)
    {
        var needed = new HashSet<string>(wanted, StringComparer.Ordinal);
        for (int i = Definition.Layers.Length - 1; i >= 0; i--)
            if (needed.Contains(Definition.Layers[i].Name)) needed.UnionWith(Definition.Layers[i].From);
        return needed;
    }

    private void Verify(IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != Definition.Inputs.Length)
            throw new ExperimentException("InputMismatch", ErrorKind.InvalidOperation,
                $"The network has {Definition.Inputs.Length} input(s), but {inputs.Count} were given.", Definition);
        for (int i = 0; i < inputs.Count; i++)
        {
            NetworkInput input = Definition.Inputs[i];
            ReadOnlySpan<long> got = inputs[i].shape.AsSpan();
            bool fits = got.Length == input.Shape.Count + 1;
            for (int d = 0; fits && d < input.Shape.Count; d++) fits = got[d + 1] == input.Shape[d];
            if (!fits)
                throw new ExperimentException("InputMismatch", ErrorKind.InvalidOperation,
                    $"The network's input '{input.Name}' has the shape {input.Shape}, but a batch of [{string.Join(",", got.Length == 0 ? [] : got[1..].ToArray())}] was given.", input);
        }
    }
}
