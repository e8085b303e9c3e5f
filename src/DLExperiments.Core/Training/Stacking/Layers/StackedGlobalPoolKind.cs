using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Pooling of whole channels to one number each.</summary>
/// <typeparam name="T">The layer.</typeparam>
internal sealed class StackedGlobalPoolKind<T>() : StackedLayerKind(typeof(T))
    where T : GlobalPoolingLayer
{
    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input) => Apart(Compute(context, input), context.Models);
}
