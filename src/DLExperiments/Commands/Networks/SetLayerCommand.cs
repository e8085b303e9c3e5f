using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Freezes and thaws layers, and names the outputs, of a network or model; the one piped in stays as it is.</summary>
/// <remarks>
/// Training leaves the parameters of frozen layers alone, and frozen batch normalisation keeps its statistics.
/// </remarks>
[Cmdlet(VerbsCommon.Set, "Layer")]
[OutputType(typeof(NetworkDefinition), typeof(Model))]
public sealed class SetLayerCommand : ExperimentCommand
{
    /// <summary>The network, or a model or training result.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    public object? Network { get; set; }

    /// <summary>Names of layers, with wildcards, or of blocks: features.*, stage1.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Freezes the layers; -Frozen:$false thaws them.</summary>
    [Parameter]
    public SwitchParameter Frozen { get; set; }

    /// <summary>Makes the layers the network's outputs, in this order and in place of those it has; a block stands for its result.</summary>
    [Parameter]
    public SwitchParameter Output { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var target = NetworkTarget.From(Network, "Set-Layer");
        bool freezes = MyInvocation.BoundParameters.ContainsKey(nameof(Frozen));
        if (!freezes && !Output)
            throw new ExperimentException("NothingToSet", ErrorKind.InvalidArgument, "Set-Layer needs to know what to set: -Frozen, -Frozen:$false or -Output.");
        HashSet<string> chosen = LayerSelection.Select(target.Network, Name);
        NetworkDefinition network = freezes ? target.Network.WithFrozen(chosen.Contains, Frozen) : target.Network;
        WriteObject(target.Replace(Output ? network.WithOutputs([.. Name.SelectMany(Resolve)]) : network));

        IEnumerable<string> Resolve(string name) => WildcardPattern.ContainsWildcardCharacters(name) ? LayerSelection.Select(network, [name]) : [name];
    }
}
