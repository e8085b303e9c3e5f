using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Autoencoders;

/// <summary>
/// A convolutional autoencoder whose decoder also sees the encoder's maps of the same size, for denoising, and for segmentation with as many output
/// channels as classes. Height and width of the input must be multiples of 16.
/// </summary>
[CatalogueEntry("SkipAutoencoder")]
public sealed class SkipAutoencoder : Architecture
{
    /// <summary>Channels of the output; as many as the input by default.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int? OutChannels { get; init; }

    /// <summary>Channels of the first convolution; the next have twice, four times and four times as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 32;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 32, 32);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int output = OutChannels ?? chain.Shape[0];
        int[] widths = [Width, 2 * Width, 4 * Width, 4 * Width];
        chain = chain.Repeat(4, (c, i) => c.Conv($"encoder.conv{i + 1}", widths[i], 3, 2, 1).ReLU($"encoder.relu{i + 1}"));
        int[] up = [4 * Width, 2 * Width, Width];
        return chain
            .Repeat(3, (c, i) => c.Upsample($"decoder.up{i + 1}").Conv($"decoder.conv{i + 1}", up[i], 3, 1, 1).ReLU($"decoder.relu{i + 1}")
                .Concat($"decoder.concat{i + 1}", $"encoder.relu{3 - i}"))
            .Upsample("decoder.up4").Conv("decoder.conv4", Width, 3, 1, 1).Conv("decoder.out", output, 3, 1, 1);
    }
}
