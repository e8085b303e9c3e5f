using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Layers that compute each value alone (activations), or each channel alone (pooling), and have no parameters: they take a stack for one wide batch.</summary>
/// <typeparam name="T">The layer.</typeparam>
internal sealed class StackedPassKind<T>() : StackedLayerKind(typeof(T))
    where T : Layer
{
    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input) => Compute(context, input);
}
