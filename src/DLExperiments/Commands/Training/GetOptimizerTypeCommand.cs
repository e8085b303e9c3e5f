using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Commands.Training;

/// <summary>Lists the optimizers with their settings.</summary>
/// <remarks>
/// The property Parameters holds the settings with type, default and description. Each is a parameter of Invoke-Training too.
/// Defaults are PyTorch's.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "OptimizerType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetOptimizerTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Optimizer>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<Optimizer>.Default, name);
    }
}
