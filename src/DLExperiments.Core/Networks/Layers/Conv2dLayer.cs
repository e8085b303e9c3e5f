using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Convolution of images: [C,H,W] becomes [OutChannels,H',W'] with H' = ⌊(H + 2P - D(K - 1) - 1) / S⌋ + 1.</summary>
[CatalogueEntry("Conv2d")]
public sealed class Conv2dLayer : ConvolutionLayer
{
    /// <inheritdoc/>
    public override bool PrefersChannelsLast => true;

    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Convolve(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] dilation, int groups) =>
        torch.nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
}
