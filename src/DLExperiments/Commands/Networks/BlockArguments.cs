using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Blocks;

namespace DLExperiments.Commands.Networks;

/// <summary>The arguments of Add-Layer that make a block.</summary>
internal static class BlockArguments
{
    /// <summary>The kind of block of that name, or null when it names none.</summary>
    internal static CatalogueEntry? Find(string name) => Catalogue<Block>.Default.Entries
        .FirstOrDefault(e => e.Aliases.Prepend(e.Name).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The parameter that takes what the block is made of.</summary>
    internal static RuntimeDefinedParameter DeclareBody() => new("Body", typeof(object[]),
    [
        new ParameterAttribute { Mandatory = true, Position = 1, HelpMessage = "What the block is made of: script blocks or networks." },
        new ValidateNotNullOrEmptyAttribute(),
    ]);

    /// <summary>The block and what it is made of, or null when a layer was asked for.</summary>
    /// <param name="kind">What was typed: a name, or a network.</param>
    /// <param name="settings">The dynamic parameters.</param>
    internal static (Block Block, IReadOnlyList<Func<NetworkDefinition, NetworkDefinition>> Bodies)? Make(object kind, DynamicCatalogueParameters settings)
    {
        if (kind is NetworkDefinition network) return (Catalogue<Block>.Default.Create("Sequential", settings.Values), [BlockBody.From(network)]);
        if (kind is not string name || Find(name) is null) return null;
        var values = settings.Values;
        object[] bodies = (object[])values["Body"]!;
        values.Remove("Body");
        return (Catalogue<Block>.Default.Create(name, values), [.. bodies.Select(BlockBody.From)]);
    }
}
