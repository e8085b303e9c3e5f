using System.Management.Automation;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Gives the layers of a network as objects: shapes, parameters, multiply-adds, memory of the results.</summary>
/// <remarks>
/// A model or the result of a training may stand for its network.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "NetworkSummary")]
[OutputType(typeof(LayerSummary), typeof(NetworkSummary))]
public sealed class GetNetworkSummaryCommand : ExperimentCommand
{
    /// <summary>The network, or what carries one: a model, the result of a training.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [NetworkValue]
    public NetworkDefinition? Network { get; set; }

    /// <summary>Draws blocks together: 1 gives one row for each block of the network, 2 also tells the blocks in them apart, and so on.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Depth { get; set; }

    /// <summary>Gives one object with the totals (and the layers in Rows) instead of one for each layer.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        NetworkSummary summary = Network!.Summarize();
        WriteObject(Total ? summary : Depth is { } depth ? summary.Collapse(depth) : summary.Rows, enumerateCollection: !Total);
    }
}
