using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks.Architectures;

namespace DLExperiments.Commands.Networks;

/// <summary>Lists the networks that New-Network knows by name, with their size and parameters.</summary>
/// <remarks>
/// Each is a network of ordinary layers: it can be shown, saved, changed with Add-Layer and Set-Layer, and trained as one that was made layer
/// by layer. The numbers are those of the default parameters and the input shape of the publication; no weights are made.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "Architecture")]
[OutputType(typeof(ArchitectureInfo))]
public sealed class GetArchitectureCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Architecture>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name)
        {
            try
            {
                foreach (CatalogueEntry entry in CatalogueListing.Find(Catalogue<Architecture>.Default, name)) WriteObject(ArchitectureInfo.Of(entry));
            }
            catch (ExperimentException e)
            {
                WriteError(e);
            }
        }
    }
}
