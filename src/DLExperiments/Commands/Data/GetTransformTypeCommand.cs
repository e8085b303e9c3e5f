using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data.Transforms;

namespace DLExperiments.Commands.Data;

/// <summary>Lists the transforms and augmentations with their settings.</summary>
/// <remarks>
/// The property Parameters holds the settings with type, default and description. Each is a parameter of Add-Transform too.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "TransformType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetTransformTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<DataStep>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<DataStep>.Default, name);
    }
}
