using System.Collections.Immutable;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <content>Changes to a network that is there.</content>
public sealed partial class NetworkDefinition
{
    /// <summary>Returns this network without its last layers: what to do before another head is added.</summary>
    /// <param name="count">How many layers; a block counts as one.</param>
    /// <exception cref="ExperimentException">TooFewLayers: it has not as many.</exception>
    public NetworkDefinition WithoutLast(int count)
    {
        var removed = new HashSet<string>(StringComparer.Ordinal);
        var left = Layers.ToList();
        for (int i = 0; i < count; i++)
        {
            if (left.Count == 0)
                throw new ExperimentException("TooFewLayers", ErrorKind.InvalidArgument, $"The network has {i} layer(s) or blocks, so its last {count} cannot be removed.", count);
            string name = left[^1].Name;
            // A block can end with a layer of its own name.
            string block = name.Split(BlockSeparator)[0];
            bool InSame(LayerNode l) => l.Name == name || IsInside(l.Name, block);
            removed.UnionWith(left.Where(InSame).Select(l => l.Name));
            left.RemoveAll(InSame);
        }
        return Without(removed.Contains);
    }

    /// <summary>Returns this network without some of its layers; nothing that stays may need them.</summary>
    /// <param name="select">Which layers, by name.</param>
    /// <exception cref="ExperimentException">LayerInUse: a layer that stays takes its input or weights from one that goes.</exception>
    public NetworkDefinition Without(Func<string, bool> select)
    {
        ILookup<bool, LayerNode> parts = Layers.ToLookup(l => select(l.Name));
        var gone = parts[true].Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        foreach (LayerNode layer in parts[false])
            if (layer.From.Append(layer.WeightOwner).Concat(layer.Ties.Select(t => t.Owner)).FirstOrDefault(gone.Contains) is { } needed)
                throw new ExperimentException("LayerInUse", ErrorKind.InvalidOperation,
                    $"'{needed}' cannot be removed: '{layer.Name}' {(layer.From.Contains(needed) ? "takes its output" : "shares its weights")}. Remove '{layer.Name}' too.", needed);
        return new NetworkDefinition(Name, Inputs, [.. parts[false]], [.. NamedOutputs.Where(o => !gone.Contains(o))]);
    }
}
