using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Convolutions: one of as many groups as there are networks.</summary>
/// <typeparam name="T">The layer.</typeparam>
internal sealed class StackedConvolutionKind<T>() : StackedLayerKind(typeof(T))
    where T : ConvolutionLayer
{
    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input)
    {
        var layer = (ConvolutionLayer)context.Node.Layer;
        // Measured: libtorch's convolutions of few channels a group are a third faster so.
        if (layer.PrefersChannelsLast && input.device_type == DeviceType.CPU) input = input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        return layer.Convolve(input, context.Find("weight")!, context.Find("bias"), layer.Groups * context.Models);
    }
}
