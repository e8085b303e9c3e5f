using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Largest values over a grid of given size, whatever the input's: [C,D,H,W] becomes [C,OutputSize].</summary>
[CatalogueEntry("AdaptiveMaxPool3d")]
public sealed class AdaptiveMaxPool3dLayer : AdaptivePoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        // TorchSharp 0.107 calls the one-dimensional function here. A window's maximum is the maximum over its depth of those of its planes.
        (long n, long c, long depth, long[] sizes) = (input.shape[0], input.shape[1], input.shape[2], Sizes);
        torch.Tensor planes = torch.nn.functional.adaptive_max_pool2d(input.flatten(0, 1), [sizes[1], sizes[2]]);
        torch.Tensor columns = torch.nn.functional.adaptive_max_pool1d(planes.reshape(n * c, depth, -1).transpose(1, 2), sizes[0]);
        return columns.transpose(1, 2).reshape([n, c, .. sizes]);
    }
}
