using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Layer normalisation of rows of numbers, with the scale and the shift of each network.</summary>
internal sealed class StackedLayerNormKind() : StackedLayerKind(typeof(LayerNormLayer))
{
    /// <inheritdoc/>
    internal override string? Refuse(LayerNode node) => node.InputShapes[0].Count == 1 ? null : $"its input is {node.InputShapes[0]}, not one row of numbers";

    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input)
    {
        long features = input.shape[^1];
        torch.Tensor normal = torch.nn.functional.layer_norm(input, [features], null, null, ((LayerNormLayer)context.Node.Layer).Eps);
        if (context.Find("weight") is not { } weight) return normal;
        normal = normal * weight.view(context.Models, 1, features);
        return context.Find("bias") is { } bias ? normal + bias.view(context.Models, 1, features) : normal;
    }
}
