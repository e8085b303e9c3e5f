using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The largest value of each window: [C,L] becomes [C,L'].</summary>
[CatalogueEntry("MaxPool1d")]
public sealed class MaxPool1dLayer : DilatedPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.max_pool1d(input, Kernel[0], Strides[0], Paddings[0], Dilations[0], CeilMode);
}
