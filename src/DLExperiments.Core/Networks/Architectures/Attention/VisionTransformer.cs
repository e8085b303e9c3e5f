using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Attention;

/// <summary>
/// Vision transformer (Dosovitskiy and others 2020), by default ViT-B/16: an image is cut into patches, each a step of a sequence that transformer
/// blocks read; a learnt token in front collects what the classifier needs. Height and width must be multiples of PatchSize.
/// </summary>
[CatalogueEntry("VisionTransformer", "ViT")]
public sealed class VisionTransformer : ImageClassifier
{
    private const double Eps = 1e-6;

    /// <summary>Height and width of a patch.</summary>
    [Range(1, int.MaxValue)]
    public int PatchSize { get; init; } = 16;

    /// <summary>The width of the sequence; the heads divide it.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 768;

    /// <summary>How many blocks.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 12;

    /// <summary>How many heads.</summary>
    [Range(1, int.MaxValue)]
    public int Heads { get; init; } = 12;

    /// <summary>Units between the dense layers of each block.</summary>
    [Range(1, int.MaxValue)]
    public int Feedforward { get; init; } = 3072;

    /// <summary>The probability of dropout.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        if (chain.Shape is { Count: 3 } image && (image[1] % PatchSize != 0 || image[2] % PatchSize != 0))
            throw new ShapeException($"VisionTransformer wants height and width that are multiples of its patches of {PatchSize}, got {image}.", image);
        return chain
            .Conv("conv_proj", Width, PatchSize, PatchSize).Then(new FlattenLayer { StartDim = 1 }, "patches").Then(new PermuteLayer { Dims = [1, 0] }, "sequence")
            .Then(new ClassTokenLayer(), "class_token").Then(new PositionEmbeddingLayer(), "encoder.pos_embedding").Dropout("encoder.dropout", Dropout)
            .Repeat(Depth, (c, i) => c.TransformerBlock(new($"encoder.layers.encoder_layer_{i}", "self_attention", "mlp.0", "mlp.3"), Heads, Feedforward, causal: false, Dropout, Eps))
            .Then(new LayerNormLayer { Eps = Eps }, "encoder.ln").Then(new SliceLayer { Length = 1, Squeeze = true }, "token")
            .Linear("heads.head", Classes, Start.Zeros, Start.Zeros);
    }
}
