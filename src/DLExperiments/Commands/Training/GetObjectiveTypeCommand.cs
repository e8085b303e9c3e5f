using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Commands.Training;

/// <summary>Lists the objectives with their settings.</summary>
/// <remarks>
/// An objective says how a batch becomes losses. The property Parameters holds the settings with type, default and description. Each is a parameter of
/// Invoke-Training too.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "ObjectiveType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetObjectiveTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Objective>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<Objective>.Default, name);
    }
}
