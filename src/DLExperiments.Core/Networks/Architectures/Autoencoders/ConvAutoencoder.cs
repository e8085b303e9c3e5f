using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Autoencoders;

/// <summary>
/// A convolutional autoencoder whose code is a stack of small maps: 3×3 convolutions of stride 2 down, convolutions and enlargement up, values
/// between 0 and 1 out. Height and width of the input must be multiples of 2 to the number of convolutions.
/// </summary>
[CatalogueEntry("ConvAutoencoder")]
public sealed class ConvAutoencoder : Architecture
{
    /// <summary>Channels of the encoder's convolutions; each halves the size.</summary>
    [MinLength(1)]
    [Range(1, int.MaxValue)]
    public int[] Channels { get; init; } = [32, 64, 128];

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 32, 32);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int image = chain.Shape[0];
        int[] up = [.. Enumerable.Reverse(Channels).Skip(1), image];
        return chain
            .Repeat(Channels.Length, (c, i) => c.Conv($"encoder.conv{i + 1}", Channels[i], 3, 2, 1).ReLU($"encoder.relu{i + 1}"))
            .Repeat(up.Length, (c, i) => c.Conv($"decoder.conv{i + 1}", up[i], 3, 1, 1).ReLU($"decoder.relu{i + 1}").Upsample($"decoder.up{i + 1}"))
            .Conv("decoder.out", image, 3, 1, 1).Then(new SigmoidLayer(), "decoder.sigmoid");
    }
}
