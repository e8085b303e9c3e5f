using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Lists the kinds of plots with their settings.</summary>
/// <remarks>
/// The property Parameters holds the settings with type, default and description. Each is a parameter of Export-Plot and Show-Plot too.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "PlotType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetPlotTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Plot>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<Plot>.Default, name);
    }
}
