using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Blocks;

/// <summary>Branches that all take the block's input and are joined again: Inception modules, two-column networks.</summary>
[CatalogueEntry("Parallel")]
public sealed class ParallelBlock : Block
{
    /// <summary>The layer that joins the branches: Concat, Add, Multiply, Average, or with settings @{ Name = 'Concat'; Dim = 1 }.</summary>
    public Layer Merge { get; init; } = new ConcatLayer();

    /// <inheritdoc/>
    public override int MinimumBodies => 2;

    /// <inheritdoc/>
    public override int MaximumBodies => int.MaxValue;

    /// <inheritdoc/>
    protected override NetworkDefinition Build(NetworkDefinition start, IReadOnlyList<Func<NetworkDefinition, NetworkDefinition>> bodies, string name)
    {
        if (Merge.MaximumInputs < bodies.Count)
            throw new ExperimentException("NotAMerge", ErrorKind.InvalidArgument,
                $"Parallel '{name}' cannot join {bodies.Count} branches with {Merge.Type}, which takes {Merge.MaximumInputs}; use Concat, Add, Multiply or Average.", name);
        NetworkDefinition network = start;
        string[] inputs = [.. start.Inputs.Select(i => i.Name)];
        for (int i = 0; i < bodies.Count; i++) network = network.AddNetwork(bodies[i](start), $"branch_{i + 1}", inputs);
        return network.Add(Merge, from: [.. bodies.Select((_, i) => $"branch_{i + 1}")]);
    }
}
