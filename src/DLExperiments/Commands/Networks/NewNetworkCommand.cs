using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Starts a network: the shape of one sample, to which Add-Layer adds layers.</summary>
/// <remarks>
/// A network is a definition without weights. It never changes: each Add-Layer gives a new one, so that one start can be
/// continued in several ways. Weights come with New-Model or Invoke-Training.
/// </remarks>
[Cmdlet(VerbsCommon.New, "Network")]
[OutputType(typeof(NetworkDefinition))]
public sealed class NewNetworkCommand : ExperimentCommand
{
    /// <summary>The shape of one sample, without the batch dimension: 4 for four columns, 1,28,28 for channels, height, width.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [CatalogueValue(typeof(int[]), "InputShape")]
    public int[] InputShape { get; set; } = [];

    /// <summary>A name for reports.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(NetworkDefinition.Create(new Shape(InputShape), Name));
}
