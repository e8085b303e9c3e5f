using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Autoencoders;

/// <summary>
/// An autoencoder of dense layers: down to a code of few numbers and back to the shape of the input. Without hidden layers and activations it is
/// linear and finds what principal components find. The layer <c>code</c> gives the code.
/// </summary>
[CatalogueEntry("Autoencoder", "LinearAutoencoder")]
public sealed class Autoencoder : Architecture
{
    /// <summary>How many numbers the code has.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Latent { get; init; } = 2;

    /// <summary>Units of the hidden layers from the input to the code; the decoder has them in reverse.</summary>
    [Range(1, int.MaxValue)]
    public int[] Hidden { get; init; } = [];

    /// <summary>The activation of the encoder's hidden layers; none by default.</summary>
    public ActivationLayer? EncoderActivation { get; init; }

    /// <summary>The activation of the decoder's hidden layers; none by default.</summary>
    public ActivationLayer? DecoderActivation { get; init; }

    /// <summary>The activation of the output; none by default, Sigmoid for values between 0 and 1.</summary>
    public ActivationLayer? OutputActivation { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(784);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        Shape shape = chain.Shape;
        chain = chain.AsVector().DenseStack("encoder", Hidden, EncoderActivation).Linear("code", Latent)
            .DenseStack("decoder", [.. Enumerable.Reverse(Hidden)], DecoderActivation).Linear("decoder.out", shape.ElementCount);
        if (OutputActivation is not null) chain = chain.Then(OutputActivation, "decoder.activation");
        return chain.When(shape.Count > 1, c => c.Then(new ReshapeLayer { Shape = shape }, "output"));
    }
}
