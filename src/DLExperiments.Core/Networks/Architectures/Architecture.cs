using System.Collections.Immutable;
using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures;

/// <summary>
/// A network that is known by name, with its parameters. Building one makes a definition, layer by layer, and allocates no weights. A new
/// architecture is one class: derive, mark it with <see cref="CatalogueEntryAttribute"/>, give it settable properties.
/// </summary>
[Catalogue("architecture")]
public abstract class Architecture
{
    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Architecture>.Default.EntryOf(this).Name;

    /// <summary>The shape of one sample that the architecture was published with, without the batch dimension.</summary>
    public abstract Shape DefaultInputShape { get; }

    /// <summary>Makes the network.</summary>
    /// <param name="input">The shape of one sample of the first input; by default <see cref="DefaultInputShape"/>.</param>
    /// <exception cref="ShapeException">The architecture cannot take this shape; the message names the layer where it fails.</exception>
    public NetworkDefinition Build(Shape? input = null)
    {
        IReadOnlyList<NetworkInput> inputs = GetInputs(input ?? DefaultInputShape);
        LayerChain built = Compose(new LayerChain(NetworkDefinition.Create(inputs, Type), inputs[0].Name));
        ImmutableArray<string> outputs = [built.At, .. ExtraOutputs(built.Network)];
        return outputs.Length == 1 && built.Network.Layers[^1].Name == built.At ? built.Network : built.Network.WithOutputs([.. outputs]);
    }

    /// <summary>The inputs; a single one by default.</summary>
    /// <param name="input">The shape of the first.</param>
    protected virtual IReadOnlyList<NetworkInput> GetInputs(Shape input) => [new NetworkInput(NetworkDefinition.DefaultInput, input)];

    /// <summary>Writes the network down.</summary>
    /// <param name="chain">A network of the inputs alone, at the first.</param>
    /// <returns>The network, at its (first) output.</returns>
    protected abstract LayerChain Compose(LayerChain chain);

    /// <summary>Names of layers that are outputs after the first; none by default.</summary>
    /// <param name="network">The network that <see cref="Compose"/> gave.</param>
    protected virtual IEnumerable<string> ExtraOutputs(NetworkDefinition network) => [];
}
