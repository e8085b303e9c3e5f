using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>Batch normalisation of features [C] or of sequences [C,L], each channel over the batch.</summary>
[CatalogueEntry("BatchNorm1d")]
public sealed class BatchNorm1dLayer : BatchNormLayer
{
    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count is 1 or 2 ? input : throw new ShapeException($"wants [C] or [C,L], got {input}.");
}
