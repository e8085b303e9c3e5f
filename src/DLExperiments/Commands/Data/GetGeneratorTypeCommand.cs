using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data.Synthetic;

namespace DLExperiments.Commands.Data;

/// <summary>Lists the synthetic data sets that New-Dataset makes, with their settings.</summary>
/// <remarks>
/// The property Parameters holds the settings with type, default and description. Each is a parameter of New-Dataset too.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "GeneratorType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetGeneratorTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<DatasetGenerator>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<DatasetGenerator>.Default, name);
    }
}
