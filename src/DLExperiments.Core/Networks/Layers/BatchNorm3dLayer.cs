using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>Batch normalisation of volumes [C,D,H,W], each channel over the batch and its places.</summary>
[CatalogueEntry("BatchNorm3d")]
public sealed class BatchNorm3dLayer : BatchNormLayer
{
    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 3);
        return input;
    }
}
