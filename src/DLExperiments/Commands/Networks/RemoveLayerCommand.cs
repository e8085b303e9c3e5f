using System.Management.Automation;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Takes layers out of a network or model and gives the rest back; the one piped in stays as it is.</summary>
/// <remarks>
/// To replace the head of a trained model: $model | Remove-Layer -Last 1 | Add-Layer Linear 5. The layers that stay keep their weights.
/// </remarks>
[Cmdlet(VerbsCommon.Remove, "Layer", DefaultParameterSetName = "Name")]
[OutputType(typeof(NetworkDefinition), typeof(Model))]
public sealed class RemoveLayerCommand : ExperimentCommand
{
    /// <summary>The network, or a model or training result.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    public object? Network { get; set; }

    /// <summary>Names of layers, with wildcards, or of blocks; nothing that stays may take its input from them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>How many layers at the end; a block counts as one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Last")]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var target = NetworkTarget.From(Network, "Remove-Layer");
        WriteObject(target.Replace(ParameterSetName == "Last"
            ? target.Network.WithoutLast(Last)
            : target.Network.Without(LayerSelection.Select(target.Network, Name).Contains)));
    }
}
