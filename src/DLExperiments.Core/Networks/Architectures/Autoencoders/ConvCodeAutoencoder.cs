using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Autoencoders;

/// <summary>
/// A small autoencoder of images with a code of few numbers: one 3×3 convolution of stride 2 and a dense layer down, a dense layer to an image of
/// half the size and enlargement up. The layer <c>code</c> gives the code. Height and width must be even.
/// </summary>
[CatalogueEntry("ConvCodeAutoencoder")]
public sealed class ConvCodeAutoencoder : Architecture
{
    /// <summary>How many numbers the code has.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Latent { get; init; } = 10;

    /// <summary>Channels of the convolution.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 32;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1, 32, 32);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int channels = chain.Shape[0];
        chain = chain.Conv("encoder.conv", Width, 3, 2, 1);
        var half = new Shape(channels, chain.Shape[1], chain.Shape[2]);
        return chain.ReLU("encoder.relu").Flatten("encoder.flatten").Linear("code", Latent)
            .Linear("decoder.fc", half.ElementCount).Then(new UnflattenLayer { Sizes = half }, "decoder.unflatten").Upsample("decoder.up");
    }
}
