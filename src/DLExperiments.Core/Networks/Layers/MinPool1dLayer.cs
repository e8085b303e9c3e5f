using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The smallest value of each window: [C,L] becomes [C,L'].</summary>
[CatalogueEntry("MinPool1d")]
public sealed class MinPool1dLayer : DilatedPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        // min = -max(-x); libtorch has no minimum pooling.
        -torch.nn.functional.max_pool1d(-input, Kernel[0], Strides[0], Paddings[0], Dilations[0], CeilMode);
}
