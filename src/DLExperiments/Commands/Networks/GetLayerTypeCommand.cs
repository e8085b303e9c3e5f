using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Blocks;

namespace DLExperiments.Commands.Networks;

/// <summary>Lists the types of layers, and the kinds of blocks, with their settings.</summary>
/// <remarks>
/// The property Parameters holds the settings with type, default and description. Each is a parameter of Add-Layer.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "LayerType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetLayerTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LayerTypeCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name)
        {
            bool block = BlockArguments.Find(name) is not null;
            if (!block) CatalogueListing.Write(this, Catalogue<Layer>.Default, name);
            if (block || WildcardPattern.ContainsWildcardCharacters(name)) CatalogueListing.Write(this, Catalogue<Block>.Default, name);
        }
    }
}
