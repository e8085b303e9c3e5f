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
    private readonly FlatBuffer trainable, frozen;
    private readonly BufferSet buffers;
    private readonly LayerContext[] contexts;
    private readonly NetworkPlan plan;
    private readonly ScalarType type;

    /// <summary>Puts a network on a device.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="weights">Its weights; copied.</param>
    /// <param name="device">The device; the CPU by default.</param>
    /// <param name="type">The numbers of the parameters; 32-bit by default, 64-bit for checks.</param>
    /// <param name="precision">The numbers of the layers' products.</param>
    /// <param name="memoryFormat">How batches of images lie in memory.</param>
    /// <exception cref="ExperimentException">WeightMismatch: the weights are not this network's; PrecisionUnsupported: nothing would be computed in
    /// the precision.</exception>
    public TorchNetwork(NetworkDefinition definition, WeightSet weights, Device? device = null, ScalarType type = ScalarType.Float32,
        Precision precision = Precision.Float32, MemoryFormat memoryFormat = MemoryFormat.Auto)
    {
        weights.Verify(definition);
        TorchLibrary.EnsureLoaded();
        Definition = definition;
        Device = device ?? CPU;
        Precision = precision;
        this.type = type;
        plan = new NetworkPlan(definition);
        MemoryFormat = memoryFormat == MemoryFormat.Auto ? plan.ChooseMemoryFormat(Device) : memoryFormat;
        if (precision != Precision.Float32) PrecisionSupport.Require(definition, Device);
        var all = definition.Layers.SelectMany(l => l.Parameters.Select(p => (Layer: l, Name: $"{l.Name}.{p.Name}", Parameter: p))).ToList();
        FlatBuffer Gather(Func<LayerNode, ParameterSpec, bool> choose, bool requiresGrad) =>
            new(all.Where(a => choose(a.Layer, a.Parameter)).Select(a => (a.Name, a.Parameter)), type, Device, requiresGrad);
        trainable = Gather((l, p) => !p.IsBuffer && !l.IsFrozen, requiresGrad: true);
        frozen = Gather((l, p) => !p.IsBuffer && l.IsFrozen, requiresGrad: false);
        buffers = new BufferSet(all.Where(a => a.Parameter.IsBuffer).Select(a => (a.Name, a.Parameter)), type, Device);
        var owners = definition.Layers.Where(l => l.SharedWith is null).ToDictionary(l => l.Name, StringComparer.Ordinal);
        contexts = [.. definition.Layers.Select((layer, place) => (Owner: owners[layer.WeightOwner], Layer: layer, Place: place))
            .Select(l => new LayerContext(l.Layer.Name, l.Place, l.Owner.Parameters.Select(p => (Owner: l.Owner, Parameter: p))
                .Concat(l.Owner.Ties.Select(t => (Owner: owners[t.Owner], Parameter: owners[t.Owner].Parameters.First(p => p.Name == t.Parameter))))
                .ToDictionary(p => p.Parameter.Name, p => TensorOf(p.Owner, p.Parameter)))
            {
                IsFrozen = l.Owner.IsFrozen,
                Reduced = precision == Precision.BFloat16 && l.Layer.Layer.Precision == LayerPrecision.Reduced ? ScalarType.BFloat16 : null,
            })];
        LoadWeights(weights);
    }

    /// <summary>The network.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>The numbers of the layers' products.</summary>
    public Precision Precision { get; }

    /// <summary>How batches of images lie in memory: contiguous, or channels last around 2-d convolutions.</summary>
    public MemoryFormat MemoryFormat { get; }

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
        foreach (FlatBuffer flat in new[] { trainable, frozen })
            if (flat.Slices.Any(s => s.Name == name)) return flat[name];
        if (buffers.Names.Contains(name)) return buffers[name];
        throw new ExperimentException("UnknownWeight", ErrorKind.NotFound, $"There is no weight named '{name}'. "
            + NearNames.Suggest(name, [.. trainable.Slices.Concat(frozen.Slices).Select(s => s.Name), .. buffers.Names]), name);
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
        int[] wanted = outputs is null ? plan.Outputs : plan.Resolve(outputs);
        bool[]? needed = outputs is null && Definition.NamedOutputs.IsEmpty ? null : plan.FindNeeded(wanted);
        bool recording = is_grad_enabled();
        using DisposeScope scope = NewDisposeScope();
        var results = new Tensor?[inputs.Count + contexts.Length];
        for (int i = 0; i < inputs.Count; i++) results[i] = inputs[i];
        var isLeft = new bool[contexts.Length];
        for (int i = 0; i < contexts.Length; i++)
        {
            int place = inputs.Count + i;
            if (needed?[place] == false) continue;
            LayerContext context = contexts[i];
            (context.IsTraining, context.Seed, context.Step) = (training, seed, step);
            int[] from = plan.Sources[i];
            Tensor[] sources = new Tensor[from.Length];
            for (int s = 0; s < sources.Length; s++) sources[s] = results[from[s]]!;
            // Where pooling is all that reads a ReLU's result, it does the ReLU's work on the way, and that of the batch normalisation before it.
            if (isLeft[i] = IsPooledAfter(i, sources[0], wanted, recording)) results[place] = PrecisionSupport.Cast(sources[0], LayerPrecision.Full, type);
            else if (plan.ReLUBefore[i] is var before and >= 0 && isLeft[before])
                results[place] = plan.NormBefore[i] is var norm and >= 0 && isLeft[norm] ? ((BatchNormLayer)Definition.Layers[norm].Layer).Pool(contexts[norm], sources[0]) : MaxPool2x2.Pool(sources[0], rectify: true);
            else results[place] = recording ? Compute(i, sources) : Evaluate(i, sources);
            if (!recording) Release(results, i, wanted);
        }
        var found = new Tensor[wanted.Length];
        for (int i = 0; i < found.Length; i++) found[i] = Hand(results[wanted[i]]!, inputs, found.AsSpan(0, i)).MoveToOuterDisposeScope();
        return found;
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

    /// <summary>Whether a layer's work is left to the pooling that comes after it.</summary>
    private bool IsPooledAfter(int layer, Tensor input, int[] wanted, bool recording)
    {
        int inputs = Definition.Inputs.Length;
        if (wanted.Contains(inputs + layer)) return false;
        if (plan.PoolAfter[layer] >= 0) return type == ScalarType.Float32 && MaxPool2x2.TakesInFull(input);
        return recording && plan.ReLUAfterNorm[layer] is var relu and >= 0 && !wanted.Contains(inputs + relu)
            && Definition.Layers[layer].Layer is BatchNormLayer norm && norm.UsesBatch(contexts[layer]) && type == ScalarType.Float32 && NormPool2x2.TakesInFull(input);
    }

    private Tensor Compute(int layer, Tensor[] sources)
    {
        Layer kind = Definition.Layers[layer].Layer;
        for (int s = 0; s < sources.Length; s++)
        {
            if (Precision != Precision.Float32) sources[s] = PrecisionSupport.Cast(sources[s], kind.Precision, type);
            if (MemoryFormat == MemoryFormat.ChannelsLast && kind.PrefersChannelsLast) sources[s] = ChannelsLast(sources[s]);
        }
        return kind.Forward(contexts[layer], sources);
    }

    // Without autograd nobody needs a layer's temporaries, nor a result after its last use: a deep network then holds a few maps, not all.
    private Tensor Evaluate(int layer, Tensor[] sources)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] given = [.. sources];
        Tensor result = Compute(layer, sources);
        return given.Any(s => ReferenceEquals(s, result)) ? result : result.MoveToOuterDisposeScope();
    }

    private void Release(Tensor?[] results, int layer, int[] wanted)
    {
        foreach (int place in plan.LastUses[layer])
        {
            if (wanted.Contains(place) || results[place] is not { } result) continue;
            results[place] = null;
            // Identity and dropout in evaluation pass their input on: the same tensor at two places.
            if (!results.Any(other => ReferenceEquals(other, result))) result.Dispose();
        }
    }

    /// <summary>
    /// A result as callers expect it: contiguous, with the numbers of the parameters, and a handle of its own even where it is the caller's
    /// input or asked for twice (Identity, dropout in evaluation).
    /// </summary>
    private Tensor Hand(Tensor result, IReadOnlyList<Tensor> inputs, ReadOnlySpan<Tensor> before)
    {
        if (Precision != Precision.Float32) result = PrecisionSupport.Cast(result, LayerPrecision.Full, type);
        if (result.dim() > 2) result = result.contiguous();
        bool known = false;
        foreach (Tensor input in inputs) known |= ReferenceEquals(input, result);
        foreach (Tensor other in before) known |= ReferenceEquals(other, result);
        return known ? result.alias() : result;
    }

    // One channel is contiguous either way, but libtorch chooses its kernels by the strides, which turning there and back gives.
    private static Tensor ChannelsLast(Tensor images) =>
        images.dim() == 4 && images.is_contiguous() ? images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : images;

    private Tensor TensorOf(LayerNode layer, ParameterSpec parameter) =>
        parameter.IsBuffer ? buffers[$"{layer.Name}.{parameter.Name}"] : (layer.IsFrozen ? frozen : trainable)[$"{layer.Name}.{parameter.Name}"];

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
