using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Convolution along one dimension, for sequences and signals: [C,L] becomes [OutChannels,L'].</summary>
[CatalogueEntry("Conv1d")]
public sealed class Conv1dLayer : ConvolutionLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Convolve(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] dilation, int groups) =>
        torch.nn.functional.conv1d(input, weight, bias, stride[0], padding[0], dilation[0], groups);
}
