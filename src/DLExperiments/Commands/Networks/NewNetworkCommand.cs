using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures;

namespace DLExperiments.Commands.Networks;

/// <summary>Starts a network: the shape of one sample, to which Add-Layer adds layers; or makes a whole one that is known by name, as ResNet18.</summary>
[Cmdlet(VerbsCommon.New, "Network", DefaultParameterSetName = "Layers")]
[OutputType(typeof(NetworkDefinition))]
public sealed class NewNetworkCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? settings;

    /// <summary>
    /// The shape of one sample, without the batch dimension: 4 for four columns, 1,28,28 for channels, height, width. An architecture has one of
    /// its own when none is given.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Layers")]
    [Parameter(ParameterSetName = "Architecture")]
    [CatalogueValue(typeof(int[]), "InputShape")]
    public int[]? InputShape { get; set; }

    /// <summary>The name of a known network, as Get-Architecture lists them; its parameters follow by name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Architecture")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Architecture>))]
    [ValidateNotNullOrEmpty]
    public string Architecture { get; set; } = "";

    /// <summary>A name for reports; that of the architecture by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Declares the parameters of the architecture that was typed.</summary>
    public object GetDynamicParameters()
    {
        settings = new DynamicCatalogueParameters(Catalogue<Architecture>.Default, Architecture.Length > 0 ? Architecture : null, firstPosition: null);
        return settings.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        Shape? shape = InputShape is null ? null : new Shape(InputShape);
        if (ParameterSetName == "Layers")
        {
            WriteObject(NetworkDefinition.Create(shape!, Name));
            return;
        }
        NetworkDefinition built = Catalogue<Architecture>.Default.Create(Architecture, settings?.Values).Build(shape);
        WriteObject(Name is null ? built : built.WithName(Name));
    }
}
