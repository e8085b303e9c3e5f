using System.Collections.Immutable;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <summary>
/// A network as an immutable value: its inputs and its layers, each with a name and the names it takes input from.
/// <see cref="Add"/> returns a new definition, so one base can be branched. Shapes are inferred as layers are added.
/// </summary>
public sealed partial class NetworkDefinition
{
    /// <summary>The name of the input of a network with one input.</summary>
    public const string DefaultInput = "input";

    private NetworkDefinition(string? name, ImmutableArray<NetworkInput> inputs, ImmutableArray<LayerNode> layers, ImmutableArray<string> outputs)
    {
        Name = name;
        Inputs = inputs;
        Layers = layers;
        NamedOutputs = outputs;
    }

    /// <summary>An optional name for reports.</summary>
    public string? Name { get; }

    /// <summary>The inputs.</summary>
    public ImmutableArray<NetworkInput> Inputs { get; }

    /// <summary>The layers in the order in which they compute.</summary>
    public ImmutableArray<LayerNode> Layers { get; }

    /// <summary>Names of the layers whose results are the network's outputs; the last layer when none were named.</summary>
    public ImmutableArray<string> Outputs => NamedOutputs.IsEmpty ? [LastName] : NamedOutputs;

    /// <summary>The first input's shape.</summary>
    public Shape InputShape => Inputs[0].Shape;

    /// <summary>The first output's shape.</summary>
    public Shape OutputShape => ShapeOf(Outputs[0]);

    /// <summary>How many trained numbers the network has, frozen ones included.</summary>
    public long ParameterCount => Layers.Sum(l => l.ParameterCount);

    /// <summary>How many of them training changes.</summary>
    public long TrainableParameterCount => Layers.Sum(l => l.TrainableParameterCount);

    /// <summary>Multiply-accumulate operations for one sample.</summary>
    public long MultiplyAdds => Layers.Sum(l => l.MultiplyAdds);

    internal ImmutableArray<string> NamedOutputs { get; }

    internal string LastName => Layers.IsEmpty ? Inputs[0].Name : Layers[^1].Name;

    /// <summary>Starts a network with one input.</summary>
    /// <param name="inputShape">The shape of one sample, without the batch dimension.</param>
    /// <param name="name">An optional name for reports.</param>
    public static NetworkDefinition Create(Shape inputShape, string? name = null) =>
        Create([new NetworkInput(DefaultInput, inputShape)], name);

    /// <summary>Starts a network.</summary>
    /// <param name="inputs">The inputs, at least one, with different names.</param>
    /// <param name="name">An optional name for reports.</param>
    /// <exception cref="ExperimentException">No input, or two of the same name.</exception>
    public static NetworkDefinition Create(IEnumerable<NetworkInput> inputs, string? name = null)
    {
        ImmutableArray<NetworkInput> all = [.. inputs];
        if (all.IsEmpty) throw new ExperimentException("MissingInput", ErrorKind.InvalidArgument, "A network needs at least one input.");
        if (all.GroupBy(i => i.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ExperimentException("DuplicateName", ErrorKind.InvalidArgument, $"Two inputs are named '{twice.Key}'.", twice.Key);
        return new NetworkDefinition(name, all, [], []);
    }

    /// <summary>Returns this network with one more layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">Its name; by default the type in lower case and a number: <c>linear_1</c>.</param>
    /// <param name="from">Names of the layers, blocks or inputs that feed it; by default the last layer.</param>
    /// <param name="frozen">Whether training leaves its parameters alone.</param>
    /// <exception cref="ExperimentException">The name is taken, a source does not exist, or the shapes do not fit.</exception>
    public NetworkDefinition Add(Layer layer, string? name = null, IReadOnlyList<string>? from = null, bool frozen = false)
    {
        name ??= NextName(layer.Type);
        if (Exists(name)) throw Taken(name);
        ImmutableArray<string> sources = from is { Count: > 0 } ? [.. from.Select(ResolveName)] : [LastName];
        ImmutableArray<Shape> shapes = [.. sources.Select(ShapeOf)];
        return new NetworkDefinition(Name, Inputs, Layers.Add(MakeNode(layer, name, sources, shapes, frozen)), NamedOutputs);
    }

    /// <summary>Returns this network with its outputs named; several make a network with several outputs.</summary>
    /// <param name="outputs">Names of layers.</param>
    /// <exception cref="ExperimentException">A name is not a layer's.</exception>
    public NetworkDefinition WithOutputs(params string[] outputs) => new(Name, Inputs, Layers, [.. outputs.Select(ResolveName)]);

    /// <summary>Returns this network with one more named output, behind those that were named before.</summary>
    /// <param name="name">The name of a layer; the last layer by default.</param>
    /// <exception cref="ExperimentException">UnknownLayerName: it is not a layer's.</exception>
    public NetworkDefinition WithOutput(string? name = null) => new(Name, Inputs, Layers, [.. NamedOutputs.Append(ResolveName(name ?? LastName)).Distinct()]);

    /// <summary>Returns this network under another name.</summary>
    /// <param name="name">The name.</param>
    public NetworkDefinition WithName(string? name) => new(name, Inputs, Layers, NamedOutputs);

    /// <summary>Returns this network with layers frozen or thawed; layers that share weights go together.</summary>
    /// <param name="select">Which layers, by name.</param>
    /// <param name="frozen">True to freeze, false to thaw.</param>
    public NetworkDefinition WithFrozen(Func<string, bool> select, bool frozen)
    {
        var owners = Layers.Where(l => select(l.Name)).Select(l => l.WeightOwner).ToHashSet(StringComparer.Ordinal);
        return new(Name, Inputs, [.. Layers.Select(l => owners.Contains(l.WeightOwner) ? l.With(frozen) : l)], NamedOutputs);
    }

    /// <summary>The shape that a layer or input gives.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ExperimentException">UnknownLayerName: there is none of that name.</exception>
    public Shape ShapeOf(string name)
    {
        string resolved = ResolveName(name);
        return Layers.FirstOrDefault(l => l.Name == resolved)?.OutputShape ?? Inputs.First(i => i.Name == resolved).Shape;
    }

    /// <summary>The network's layers and totals as a table.</summary>
    public NetworkSummary Summarize() => new(this);

    /// <summary>The network in one line, for messages: name, input shape, layers, parameters.</summary>
    public override string ToString() =>
        $"{Name ?? "Network"} {string.Join(" + ", Inputs.Select(i => i.Shape))} -> {string.Join(" + ", Outputs.Select(ShapeOf))}, {Layers.Length} layers, {ParameterCount:N0} parameters";

    private static LayerNode MakeNode(
        Layer layer, string name, ImmutableArray<string> sources, ImmutableArray<Shape> shapes, bool frozen, string? sharedWith = null)
    {
        if (shapes.Length < layer.MinimumInputs || shapes.Length > layer.MaximumInputs)
            throw new ShapeException($"{layer.Type} '{name}' takes "
                + (layer.MinimumInputs == layer.MaximumInputs ? $"{layer.MinimumInputs}" : $"at least {layer.MinimumInputs}")
                + $" input(s), but {shapes.Length} were given: {string.Join(", ", sources)}.", name);
        try
        {
            return new LayerNode(name, layer, sources, shapes, layer.InferShape(shapes), frozen, sharedWith);
        }
        catch (ShapeException e)
        {
            string inputs = string.Join(", ", sources.Zip(shapes, (s, shape) => $"'{s}' {shape}"));
            throw new ShapeException($"{layer.Type} '{name}' {e.Message} Its input: {inputs}.", name);
        }
    }

    private bool Exists(string name) =>
        Inputs.Any(i => i.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) || Layers.Any(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal string ResolveName(string name)
    {
        IEnumerable<string> names = Inputs.Select(i => i.Name).Concat(Layers.Select(l => l.Name));
        return names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? Layers.LastOrDefault(l => IsInside(l.Name, name))?.Name
            ?? throw new ExperimentException("UnknownLayerName", ErrorKind.NotFound,
                $"The network has no layer named '{name}'. {NearNames.Suggest(name, names.ToList())}", name);
    }

    internal string NextName(string type)
    {
        string stem = type.ToLowerInvariant();
        int number = 1;
        while (Exists($"{stem}_{number}") || HasBlock($"{stem}_{number}")) number++;
        return $"{stem}_{number}";
    }

    private static ExperimentException Taken(string name) => new("DuplicateName", ErrorKind.InvalidArgument,
        $"The network has a layer named '{name}' already; give this one another -Name.", name);
}
