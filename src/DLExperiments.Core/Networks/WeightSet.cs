using DLExperiments.Errors;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Randomness;

namespace DLExperiments.Networks;

/// <summary>
/// All parameters and buffers of a network in managed memory, in the order of its layers. Engines take them in and give them
/// back; they need no native library, so a small network is made, saved and loaded without one.
/// </summary>
public sealed class WeightSet
{
    private readonly Dictionary<string, WeightTensor> byName;

    /// <summary>Gathers tensors.</summary>
    /// <param name="tensors">The tensors, with different names.</param>
    public WeightSet(IEnumerable<WeightTensor> tensors)
    {
        Tensors = tensors.ToList();
        byName = Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors, in the order of the layers.</summary>
    public IReadOnlyList<WeightTensor> Tensors { get; }

    /// <summary>A tensor by its full name.</summary>
    /// <param name="name">For example <c>linear_1.weight</c>.</param>
    /// <exception cref="ExperimentException">UnknownWeight: there is none of that name.</exception>
    public WeightTensor this[string name] => byName.TryGetValue(name, out WeightTensor? tensor)
        ? tensor
        : throw new ExperimentException("UnknownWeight", ErrorKind.NotFound,
            $"There is no weight named '{name}'. {NearNames.Suggest(name, byName.Keys)}", name);

    /// <summary>Makes the first weights of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="seed">The same definition and seed give the same weights, whatever the machine or thread count.</param>
    /// <param name="initialiser">For weights of two and more dimensions that have none of their own; null keeps each layer's default.</param>
    /// <param name="biasInitialiser">For biases that have none of their own; null keeps each layer's default.</param>
    public static WeightSet Initialise(NetworkDefinition network, long seed, Initialiser? initialiser = null, Initialiser? biasInitialiser = null)
    {
        var tensors = new List<WeightTensor>();
        foreach (LayerNode layer in network.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                var tensor = new WeightTensor($"{layer.Name}.{parameter.Name}", parameter.Shape, new float[parameter.Shape.ElementCount], parameter.IsBuffer);
                Initialiser? general = parameter.IsBuffer || parameter.IsInitialiserChosen ? null
                    : parameter.IsBias ? biasInitialiser
                    : parameter.Shape.Count >= 2 ? initialiser : null;
                (general ?? parameter.Initialiser).Fill(tensor.Values, parameter, new RandomStream(seed, RandomPurpose.Initialisation, tensors.Count));
                tensors.Add(tensor);
            }
        }
        return new WeightSet(tensors);
    }

    /// <summary>The 2-norm of all numbers but the buffers'.</summary>
    public double Norm => Math.Sqrt(Tensors.Where(t => !t.IsBuffer).Sum(t => t.Values.Sum(v => (double)v * v)));

    /// <summary>A deep copy.</summary>
    public WeightSet Clone() => new(Tensors.Select(t => new WeightTensor(t.Name, t.Shape, (float[])t.Values.Clone(), t.IsBuffer)));

    /// <summary>Checks that the weights are exactly those of a network.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ExperimentException">WeightMismatch: one is missing, too many or of another shape; the message names it.</exception>
    public void Verify(NetworkDefinition network)
    {
        var expected = network.Layers.SelectMany(l => l.Parameters.Select(p => (Name: $"{l.Name}.{p.Name}", p.Shape))).ToList();
        foreach ((string name, Shape shape) in expected)
        {
            if (!byName.TryGetValue(name, out WeightTensor? tensor))
                throw Mismatch($"the weight '{name}' is missing", name);
            if (!tensor.Shape.Equals(shape))
                throw Mismatch($"the weight '{name}' has the shape {tensor.Shape}, the network wants {shape}", name);
        }
        if (byName.Keys.Except(expected.Select(e => e.Name)).FirstOrDefault() is { } extra)
            throw Mismatch($"the network has no weight named '{extra}'", extra);
    }

    private static ExperimentException Mismatch(string what, string name) =>
        new("WeightMismatch", ErrorKind.InvalidData, $"The weights do not fit the network: {what}.", name);
}
