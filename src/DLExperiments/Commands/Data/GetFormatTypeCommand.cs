using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data.Formats;

namespace DLExperiments.Commands.Data;

/// <summary>Lists the file formats that Import-Dataset reads, with their settings.</summary>
/// <remarks>
/// The property Parameters holds the settings with type, default and description. Each is a parameter of Import-Dataset too.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "FormatType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetFormatTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<DataFormat>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<DataFormat>.Default, name);
    }
}
