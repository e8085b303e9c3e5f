using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Joining all dimensions of a sample.</summary>
internal sealed class StackedFlattenKind() : StackedLayerKind(typeof(FlattenLayer))
{
    /// <inheritdoc/>
    internal override string? Refuse(LayerNode node) => node.OutputShape.Count == 1 ? null : "it leaves more than one dimension";

    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input) =>
        context.Node.InputShapes[0].Count == 1 ? input : Apart(input, context.Models);
}
