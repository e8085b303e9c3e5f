using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Generative;

/// <summary>
/// The discriminator of a conditional GAN (Isola and others 2016): two inputs, <c>image</c> and <c>condition</c> of the same size; one score for the
/// pair. Three 5×5 convolutions of stride 2 and two dense layers.
/// </summary>
[CatalogueEntry("Pix2PixDiscriminator")]
public sealed class Pix2PixDiscriminator : Architecture
{
    /// <summary>Channels of the condition.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int ConditionChannels { get; init; } = 1;

    /// <summary>Channels of the first convolution; the next have twice and four times as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>Units of the dense layer before the score.</summary>
    [Range(1, int.MaxValue)]
    public int Hidden { get; init; } = 1024;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 32, 32);

    /// <inheritdoc/>
    protected override IReadOnlyList<NetworkInput> GetInputs(Shape input) => Conditions.Pair(input, ConditionChannels);

    // The published momentum of 0.8 is Keras's, the share of the old statistics; PyTorch counts the share of the new.
    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain.Concat("pair", "condition")
        .Conv("conv1", Width, 5, 2, 2).Leaky("act1")
        .Conv("conv2", 2 * Width, 5, 2, 2).Norm("bn2", momentum: 0.2).Leaky("act2")
        .Conv("conv3", 4 * Width, 5, 2, 2).Norm("bn3", momentum: 0.2).Leaky("act3")
        .Flatten().Linear("fc", Hidden).Linear("score", 1);
}
