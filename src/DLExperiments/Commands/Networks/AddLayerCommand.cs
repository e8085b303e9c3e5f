using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Adds a layer to a network and gives the larger network back; the one piped in stays as it is.</summary>
/// <remarks>
/// The settings of the layer follow its type, the main ones by position, all by name: Add-Layer Conv2d 16 3 -Padding same.
/// Get-LayerType lists them, and the Tab key completes them. Sizes of inputs are never given: they follow from the layer before.
/// Shapes that do not fit are an error here, which names the layer and both shapes.
/// </remarks>
[Cmdlet(VerbsCommon.Add, "Layer")]
[OutputType(typeof(NetworkDefinition))]
public sealed class AddLayerCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? settings;

    /// <summary>The network.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    public NetworkDefinition? Network { get; set; }

    /// <summary>The type of the layer, as Get-LayerType lists them; its settings follow by position or by name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Layer>))]
    public string Type { get; set; } = "";

    /// <summary>The layer's name; by default its type and a number, as in conv2d_1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Names of the layers, or inputs, that feed it; by default the last layer.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? From { get; set; }

    /// <summary>Leaves the layer's parameters alone in training; batch normalisation also keeps its statistics.</summary>
    [Parameter]
    public SwitchParameter Frozen { get; set; }

    /// <summary>An activation to put behind the layer: a name, or a hashtable such as @{ Name = 'LeakyReLU'; NegativeSlope = 0.2 }.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<ActivationLayer>))]
    public object? Activation { get; set; }

    /// <summary>Declares the settings of the layer type that was typed.</summary>
    public object GetDynamicParameters()
    {
        settings = new DynamicCatalogueParameters(Catalogue<Layer>.Default, Type.Length > 0 ? Type : null, firstPosition: 1);
        return settings.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        Layer layer = Catalogue<Layer>.Default.Create(Type, settings?.Values);
        NetworkDefinition network = Network!.Add(layer, Name, From, Frozen);
        if (Activation is not null)
        {
            ActivationLayer activation = ToActivation(Activation);
            network = network.Add(activation, Name is null ? null : $"{Name}_{activation.Type.ToLowerInvariant()}", frozen: Frozen);
        }
        WriteObject(network);
    }

    private static ActivationLayer ToActivation(object value)
    {
        object plain = CatalogueValueAttribute.Unwrap(value)!;
        // The type is looked at before one is made: otherwise -Activation Linear would ask for OutFeatures.
        if (plain is string name && Catalogue<Layer>.Default.Find(name) is { } entry && !typeof(ActivationLayer).IsAssignableFrom(entry.Type))
            throw NotAnActivation(entry.Name);
        Layer layer = Catalogue<Layer>.Default.From(plain);
        return layer as ActivationLayer ?? throw NotAnActivation(layer.Type);
    }

    private static ExperimentException NotAnActivation(string type) =>
        new("NotAnActivation", ErrorKind.InvalidArgument, $"{type} is not an activation; add it with an Add-Layer of its own.", type);
}
