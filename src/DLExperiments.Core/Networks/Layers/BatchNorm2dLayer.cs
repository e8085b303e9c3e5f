using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>Batch normalisation of images [C,H,W], each channel over the batch and its places.</summary>
[CatalogueEntry("BatchNorm2d")]
public sealed class BatchNorm2dLayer : BatchNormLayer
{
    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        return input;
    }
}
