using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Sequences;

/// <summary>Classifies texts by the mean of their words' vectors, whatever the order: the simplest text classifier with learnt embeddings.</summary>
[CatalogueEntry("EmbeddingClassifier")]
public sealed class EmbeddingClassifier : Classifier
{
    /// <summary>Sets the default of 1 class.</summary>
    public EmbeddingClassifier()
        : base(1)
    {
    }

    /// <summary>How many different words there are.</summary>
    [Range(1, int.MaxValue)]
    public int Vocabulary { get; init; } = 5000;

    /// <summary>The length of each word's vector.</summary>
    [Range(1, int.MaxValue)]
    public int Embedding { get; init; } = 1;

    /// <summary>The number that fills up short texts: its vector stays zero.</summary>
    [Range(0, int.MaxValue)]
    public int? PaddingIdx { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(100);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) =>
        chain.Words(Vocabulary, Embedding, PaddingIdx).Then(new MeanLayer(), "mean").Linear("fc", Classes);
}
