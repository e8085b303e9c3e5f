using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean along one dimension, which goes: over the steps of a sequence, [T,F] becomes [F].</summary>
[CatalogueEntry("Mean", "GlobalAvgPool1d")]
public sealed class MeanLayer : SingleInputLayer
{
    /// <summary>The dimension, counted in the sample (without the batch) from 0, or from the end with negative numbers.</summary>
    [Position(0)]
    public int Dim { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => new([.. input.Sizes.RemoveAt(input.Dimension(Dim))]);

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input.mean([Dim < 0 ? Dim : Dim + 1]);
}
