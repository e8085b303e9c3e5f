using System.Management.Automation;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Gives the layers of a network as objects: shapes, parameters, multiply-adds.</summary>
[Cmdlet(VerbsCommon.Get, "NetworkSummary")]
[OutputType(typeof(LayerSummary), typeof(NetworkSummary))]
public sealed class GetNetworkSummaryCommand : ExperimentCommand
{
    /// <summary>The network.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public NetworkDefinition? InputObject { get; set; }

    /// <summary>Gives one object with the totals (and the layers in Rows) instead of one for each layer.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        NetworkSummary summary = InputObject!.Summarize();
        WriteObject(Total ? summary : summary.Rows, enumerateCollection: !Total);
    }
}
