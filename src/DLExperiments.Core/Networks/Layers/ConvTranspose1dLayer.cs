using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Transposed ("up") convolution of sequences [C,L]: each side of W points becomes one of (W - 1)S - 2P + D(K - 1) + OutputPadding + 1.</summary>
[CatalogueEntry("ConvTranspose1d")]
public sealed class ConvTranspose1dLayer : TransposedConvolutionLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Convolve(
        torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] outputPadding, long[] dilation) =>
        torch.nn.functional.conv_transpose1d(input, weight, bias, stride[0], padding[0], outputPadding[0], dilation[0], Groups);
}
