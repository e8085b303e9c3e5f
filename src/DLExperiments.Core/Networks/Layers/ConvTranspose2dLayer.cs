using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Transposed ("up") convolution of images [C,H,W]: each side of W points becomes one of (W - 1)S - 2P + D(K - 1) + OutputPadding + 1.</summary>
[CatalogueEntry("ConvTranspose2d")]
public sealed class ConvTranspose2dLayer : TransposedConvolutionLayer
{
    /// <inheritdoc/>
    public override bool PrefersChannelsLast => true;

    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Convolve(
        torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] outputPadding, long[] dilation) =>
        torch.nn.functional.conv_transpose2d(input, weight, bias, stride, padding, outputPadding, dilation, Groups);
}
