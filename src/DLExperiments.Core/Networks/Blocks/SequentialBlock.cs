using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Blocks;

/// <summary>Layers one after the other under a common name, once or several times.</summary>
[CatalogueEntry("Sequential")]
public sealed class SequentialBlock : Block
{
    /// <inheritdoc/>
    protected override NetworkDefinition Build(NetworkDefinition start, IReadOnlyList<Func<NetworkDefinition, NetworkDefinition>> bodies, string name) =>
        bodies[0](start);
}
