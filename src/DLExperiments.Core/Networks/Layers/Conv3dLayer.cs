using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Convolution of volumes or videos: [C,D,H,W] becomes [OutChannels,D',H',W'].</summary>
[CatalogueEntry("Conv3d")]
public sealed class Conv3dLayer : ConvolutionLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Convolve(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] dilation, int groups) =>
        torch.nn.functional.conv3d(input, weight, bias, stride, padding, dilation, groups);
}
