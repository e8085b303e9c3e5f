using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Generative;

/// <summary>The discriminator of a GAN: an image in, the probability that it is real out.</summary>
[CatalogueEntry("GanDiscriminator")]
public sealed class GanDiscriminator : Architecture
{
    /// <summary>Channels of the two convolutions.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>Whether the score comes out as it is, for losses that want logits; else a sigmoid makes a probability of it.</summary>
    public bool Logits { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1, 28, 28);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .Conv("conv1", Width, 4, 2, 1).Leaky("act1").Conv("conv2", Width, 4, 2, 1).Leaky("act2").Flatten().Linear("score", 1)
        .When(!Logits, c => c.Then(new SigmoidLayer(), "probability"));
}
