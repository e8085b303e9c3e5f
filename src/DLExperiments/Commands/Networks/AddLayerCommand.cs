using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Blocks;

namespace DLExperiments.Commands.Networks;

/// <summary>Adds a layer or a block of layers to a network and gives the larger network back; the one piped in stays as it is.</summary>
/// <remarks>
/// The settings of the layer follow its type, the main ones by position, all by name: Add-Layer Conv2d 16 3 -Padding same.
/// Get-LayerType lists them, and the Tab key completes them. Sizes of inputs are never given: they follow from the layer before.
/// Shapes that do not fit are an error here, which names the layer and both shapes.
/// A block (Sequential, Parallel, Residual) is made of script blocks or of networks: Add-Layer Residual { Add-Layer Conv2d 16 3 -Padding same }.
/// In a script block the first Add-Layer takes the block's input. Layers in a block are named after it: residual_1.conv2d_1.
/// A model keeps the weights of its layers, and the new ones are initialised.
/// </remarks>
[Cmdlet(VerbsCommon.Add, "Layer", DefaultParameterSetName = "Layer")]
[OutputType(typeof(NetworkDefinition), typeof(DLExperiments.Models.Model))]
public sealed class AddLayerCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? settings;

    /// <summary>The network, or a model or training result; in the script block of a block, by default the block's input.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("InputObject")]
    public object? Network { get; set; }

    /// <summary>The type of the layer or block, as Get-LayerType lists them, or a network to put in as a block; settings follow by position or by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Layer")]
    [ArgumentCompleter(typeof(LayerTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public object Type { get; set; } = "";

    /// <summary>The layer or block whose settings and weights the new one uses: a siamese twin. The weights exist, and count, once.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Share")]
    [ValidateNotNullOrEmpty]
    public string? Share { get; set; }

    /// <summary>The layer's name; by default its type and a number, as in conv2d_1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Names of the layers, blocks or inputs that feed it; by default the last layer.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? From { get; set; }

    /// <summary>Leaves the layer's parameters alone in training; batch normalisation also keeps its statistics.</summary>
    [Parameter(ParameterSetName = "Layer")]
    public SwitchParameter Frozen { get; set; }

    /// <summary>Full names of other layers' weights that it computes with in place of its own of the same name: embedding_1.weight.</summary>
    [Parameter(ParameterSetName = "Layer")]
    [ValidateNotNullOrEmpty]
    public string[]? Tie { get; set; }

    /// <summary>An activation to put behind the layer: a name, or a hashtable such as @{ Name = 'LeakyReLU'; NegativeSlope = 0.2 }.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<ActivationLayer>))]
    public object? Activation { get; set; }

    /// <summary>Makes the result one of the network's outputs; for networks with several heads. Without it the last layer is the output.</summary>
    [Parameter]
    public SwitchParameter Output { get; set; }

    /// <summary>The seed of the new layer's weights when a model is piped in.</summary>
    [Parameter]
    public long Seed { get; set; }

    private object Kind => CatalogueValueAttribute.Unwrap(Type)!;

    /// <summary>Declares the settings of the layer type that was typed.</summary>
    public object GetDynamicParameters()
    {
        string? name = Kind is NetworkDefinition ? "Sequential" : Kind.ToString() is { Length: > 0 } typed ? typed : null;
        if (name is null || BlockArguments.Find(name) is null)
        {
            settings = new DynamicCatalogueParameters(Catalogue<Layer>.Default, name, firstPosition: 1);
            return settings.Dictionary;
        }
        settings = new DynamicCatalogueParameters(Catalogue<Block>.Default, name, firstPosition: null);
        if (Kind is string) settings.Dictionary.Add("Body", BlockArguments.DeclareBody());
        return settings.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        var target = NetworkTarget.From(Network ?? BlockBody.Current, "Add-Layer");
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Seed)) && !target.HasWeights)
            throw new ExperimentException("SeedWithoutModel", ErrorKind.InvalidArgument, "-Seed starts the weights of a new layer of a model, but a network has no weights; give it to New-Model or Invoke-Training.");
        ActivationLayer? activation = Activation is null ? null : ToActivation(Activation);
        NetworkDefinition network = Extend(target.Network, activation);
        WriteObject(target.Replace(Output ? network.WithOutput() : network, Seed));
    }

    private NetworkDefinition Extend(NetworkDefinition network, ActivationLayer? activation)
    {
        if (Share is null && BlockArguments.Make(Kind, settings!) is var (block, bodies))
            return Tie is null ? block.AddTo(network, bodies, Name, From, Frozen, activation)
                : throw new ExperimentException("InvalidTie", ErrorKind.InvalidArgument, "-Tie is for a layer; give it to the layer in the block.", Tie);
        network = Share is not null
            ? network.AddShared(Share, Name, From)
            : network.Add(Catalogue<Layer>.Default.Create(Kind.ToString()!, settings?.Values), Name, From, Frozen);
        if (Tie is not null) network = network.WithTied(network.Layers[^1].Name, Tie);
        return activation is null ? network
            : network.Add(activation, Name is null ? null : $"{Name}_{activation.Type.ToLowerInvariant()}", frozen: Frozen);
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
