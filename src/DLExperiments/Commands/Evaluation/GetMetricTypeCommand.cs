using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Metrics;

namespace DLExperiments.Commands.Evaluation;

/// <summary>Lists the metrics with their settings.</summary>
/// <remarks>
/// The property Parameters holds the settings with type, default and description. A metric with settings is a hashtable: @{ Name = 'F1'; Average = 'Weighted' }.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "MetricType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetMetricTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Metric>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<Metric>.Default, name);
    }
}
