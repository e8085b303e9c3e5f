using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Fully connected layers: one batched product.</summary>
internal sealed class StackedLinearKind() : StackedLayerKind(typeof(LinearLayer))
{
    /// <inheritdoc/>
    internal override string? Refuse(LayerNode node) => node.InputShapes[0].Count == 1 ? null : $"its input is {node.InputShapes[0]}, not one row of numbers";

    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input)
    {
        int outputs = context.Node.OutputShape[0];
        torch.Tensor weight = context.Find("weight")!.view(context.Models, outputs, -1).transpose(1, 2);
        // TorchSharp 0.107 hands the arguments on in the order (batch1, batch2, summand), whatever their names are.
        return context.Find("bias") is { } bias ? torch.baddbmm(input, weight, bias.view(context.Models, 1, outputs)) : torch.bmm(input, weight);
    }
}
