using System.Collections.Immutable;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <content>Networks inside networks: they are spread out into the one list of layers, under names that begin with the block's.</content>
public sealed partial class NetworkDefinition
{
    /// <summary>What stands between the name of a block and the names of the layers in it.</summary>
    public const char BlockSeparator = '.';

    /// <summary>
    /// Returns this network with all layers of another in it, as one block: layer <c>a</c> of block <c>stage1</c> is named <c>stage1.a</c>. Shapes
    /// are inferred anew, so a block can be used for inputs of other sizes. The block's result is its first output, and its name stands for that result.
    /// </summary>
    /// <param name="block">The network to put in; what its inputs are called does not matter.</param>
    /// <param name="name">The block's name; by default <c>block_1</c>, ...</param>
    /// <param name="from">What feeds the block's inputs, in their order; by default the last layer.</param>
    /// <param name="frozen">Whether training leaves all its parameters alone.</param>
    /// <exception cref="ExperimentException">DuplicateName; BlockInputMismatch: not one source for each input; ShapeMismatch, from a layer of the block.</exception>
    public NetworkDefinition AddNetwork(NetworkDefinition block, string? name = null, IReadOnlyList<string>? from = null, bool frozen = false)
    {
        name ??= NextName("block");
        if (Exists(name) || HasBlock(name)) throw Taken(name);
        return Splice(block, $"{name}{BlockSeparator}", Connect(block.Inputs, name, from), frozen);
    }

    /// <summary>Returns this network with the layers of another behind it, under the names that they have there.</summary>
    /// <param name="next">The network to go on with; its inputs take this network's last layer, or its inputs while it has no layers.</param>
    /// <exception cref="ExperimentException">DuplicateName; BlockInputMismatch; ShapeMismatch, from a layer of <paramref name="next"/>.</exception>
    public NetworkDefinition Append(NetworkDefinition next) =>
        Splice(next, "", Connect(next.Inputs, next.Name ?? "network", Layers.IsEmpty ? [.. Inputs.Select(i => i.Name)] : null), frozen: false);

    /// <summary>Returns this network with one more layer that computes with the settings and weights of another: a siamese twin.</summary>
    /// <param name="share">The layer, or the block, whose weights are used.</param>
    /// <param name="name">The new layer's (or block's) name; by default as for a layer or block of its own.</param>
    /// <param name="from">What feeds it; by default the last layer.</param>
    /// <exception cref="ExperimentException">UnknownLayerName; DuplicateName; SharedShapeMismatch: the inputs want weights of another shape.</exception>
    public NetworkDefinition AddShared(string share, string? name = null, IReadOnlyList<string>? from = null)
    {
        if (!Exists(share) && HasBlock(share)) return AddSharedBlock(share, name, from);
        string resolved = ResolveName(share);
        LayerNode twin = Layers.FirstOrDefault(l => l.Name == resolved)
            ?? throw new ExperimentException("NothingToShare", ErrorKind.InvalidArgument, $"'{resolved}' is an input; only a layer or a block has weights to share.", share);
        LayerNode owner = Layers.First(l => l.Name == twin.WeightOwner);
        name ??= NextName(owner.Type);
        if (Exists(name)) throw Taken(name);
        ImmutableArray<string> sources = from is { Count: > 0 } ? [.. from.Select(ResolveName)] : [LastName];
        ImmutableArray<Shape> shapes = [.. sources.Select(ShapeOf)];
        LayerNode node = MakeNode(owner.Layer, name, sources, shapes, owner.IsFrozen, owner.Name);
        foreach ((ParameterSpec own, ParameterSpec wanted) in owner.Layer.GetParameters(owner.InputShapes).Zip(owner.Layer.GetParameters(shapes)))
            if (!own.Shape.Equals(wanted.Shape))
                throw new ExperimentException("SharedShapeMismatch", ErrorKind.InvalidOperation,
                    $"{owner.Type} '{name}' cannot share the weights of '{owner.Name}': '{owner.Name}.{own.Name}' has the shape {own.Shape} for its input "
                    + $"{string.Join(" and ", owner.InputShapes)}, but the input {string.Join(", ", sources.Zip(shapes, (s, shape) => $"'{s}' {shape}"))} needs {wanted.Shape}.", name);
        return new NetworkDefinition(Name, Inputs, Layers.Add(node), NamedOutputs);
    }

    /// <summary>Whether layers lie in a block of that name.</summary>
    /// <param name="name">The block's name.</param>
    public bool HasBlock(string name) => Layers.Any(l => IsInside(l.Name, name));

    internal static bool IsInside(string layer, string block) =>
        layer.Length > block.Length && layer[block.Length] == BlockSeparator && layer.StartsWith(block, StringComparison.OrdinalIgnoreCase);

    private NetworkDefinition Splice(NetworkDefinition block, string prefix, Dictionary<string, string> sources, bool frozen)
    {
        NetworkDefinition network = this;
        foreach (LayerNode layer in block.Layers)
        {
            string full = prefix + layer.Name;
            string[] inputs = [.. layer.From.Select(f => sources[f])];
            network = layer.SharedWith is null
                ? network.Add(layer.Layer, full, inputs, frozen || layer.IsFrozen)
                : network.AddShared(prefix + layer.SharedWith, full, inputs);
            sources[layer.Name] = full;
        }
        // The owner of a tied parameter may come after the layer that uses it.
        foreach (LayerNode layer in block.Layers.Where(l => !l.Ties.IsEmpty))
            network = network.WithTied(prefix + layer.Name, [.. layer.Ties.Select(t => prefix + t.FullName)]);
        string result = sources[block.Outputs[0]];
        // A block ends with its result, so that the next layer and the block's name find it.
        return block.Layers.IsEmpty || network.LastName != result
            ? network.Add(new Layers.IdentityLayer(), $"{prefix}output", [result])
            : network;
    }

    private NetworkDefinition AddSharedBlock(string share, string? name, IReadOnlyList<string>? from)
    {
        LayerNode[] layers = [.. Layers.Where(l => IsInside(l.Name, share))];
        var inside = layers.Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        string[] feeds = [.. layers.SelectMany(l => l.From).Where(f => !inside.Contains(f)).Distinct()];
        name ??= NextName(layers[0].Name[..share.Length].Split('_')[0]);
        if (Exists(name) || HasBlock(name)) throw Taken(name);
        Dictionary<string, string> sources = Connect([.. feeds.Select(f => new NetworkInput(f, ShapeOf(f)))], name, from);
        NetworkDefinition network = this;
        foreach (LayerNode layer in layers)
        {
            string full = name + layer.Name[share.Length..];
            network = network.AddShared(layer.Name, full, [.. layer.From.Select(f => sources[f])]);
            sources[layer.Name] = full;
        }
        return network;
    }

    private Dictionary<string, string> Connect(IReadOnlyList<NetworkInput> inputs, string block, IReadOnlyList<string>? from)
    {
        string[] sources = from is { Count: > 0 } ? [.. from.Select(ResolveName)] : [LastName];
        if (sources.Length != inputs.Count)
            throw new ExperimentException("BlockInputMismatch", ErrorKind.InvalidArgument,
                $"The block '{block}' has {inputs.Count} input(s) ({string.Join(", ", inputs.Select(i => $"'{i.Name}' {i.Shape}"))}), but {sources.Length} source(s) "
                + $"were given: {string.Join(", ", sources)}. Name one for each with -From.", block);
        return inputs.Zip(sources).ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
    }
}
