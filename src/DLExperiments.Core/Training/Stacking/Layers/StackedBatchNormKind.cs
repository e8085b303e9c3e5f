using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Batch normalisation: the channels of all networks are so many channels.</summary>
/// <typeparam name="T">The layer.</typeparam>
internal sealed class StackedBatchNormKind<T>() : StackedLayerKind(typeof(T))
    where T : BatchNormLayer
{
    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input)
    {
        if (context.Node.InputShapes[0].Count > 1) return Compute(context, input, context.All());
        return Apart(Compute(context, SideBySide(input), context.All()), context.Models);
    }
}
