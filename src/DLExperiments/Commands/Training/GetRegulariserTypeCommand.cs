using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Training.Regularisers;

namespace DLExperiments.Commands.Training;

/// <summary>
/// <para type="synopsis">Lists the regularisers with their settings.</para>
/// </summary>
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
