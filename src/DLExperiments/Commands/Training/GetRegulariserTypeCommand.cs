using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Training.Regularisers;

namespace DLExperiments.Commands.Training;

/// <summary>Lists the regularisers with their settings.</summary>
/// <remarks>
/// Each one is given to Invoke-Training as -Regulariser by name, and its settings are parameters then; or as one or more hashtables:
/// -Regulariser @{ Name = 'L1'; Lambda = 1e-4 }, @{ Name = 'Activation'; Lambda = 1e-3 }.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "RegulariserType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetRegulariserTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Regulariser>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<Regulariser>.Default, name);
    }
}
