using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>A learnt vector for each index: [T] of whole numbers becomes [T,EmbeddingDim].</summary>
[CatalogueEntry("Embedding")]
public sealed class EmbeddingLayer : SingleInputLayer
{
    /// <summary>How many indices there are; they run from 0.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int NumEmbeddings { get; init; }

    /// <summary>The length of each vector.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public required int EmbeddingDim { get; init; }

    /// <summary>An index whose vector starts at zero and is never trained, for padding.</summary>
    [Range(0, int.MaxValue)]
    public int? PaddingIdx { get; init; }

    /// <summary>How the vectors start; standard normal by default, as in PyTorch. Set-Weight -VectorPath takes them from a file.</summary>
    [ParameterAlias("Initialiser", "Initializer", "WeightInitializer")]
    public Initialiser? WeightInitialiser { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => PaddingIdx is null || PaddingIdx < NumEmbeddings
        ? new([.. input, EmbeddingDim])
        : throw new ShapeException($"wants a PaddingIdx below its {NumEmbeddings} embeddings, got {PaddingIdx}.");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) =>
        [new("weight", new Shape(NumEmbeddings, EmbeddingDim), new EmbeddingInitialiser { ZeroRow = PaddingIdx, Chosen = WeightInitialiser }, NumEmbeddings, EmbeddingDim) { IsInitialiserChosen = true }];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        torch.Tensor weight = context["weight"];
        torch.Tensor indices = input.to(torch.ScalarType.Int64);
        torch.Tensor flat = indices.reshape(-1);
        torch.Tensor rows = weight.index_select(0, flat);
        // The padding row is looked up like the others, but no gradient reaches it.
        if (PaddingIdx is { } padding) rows = torch.where(flat.eq(padding).unsqueeze(1), rows.detach(), rows);
        return rows.reshape([.. input.shape, EmbeddingDim]);
    }
}
