using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of its inputs, value by value.</summary>
[CatalogueEntry("Average")]
public sealed class AverageLayer : MergeLayer
{
    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs) => base.Forward(context, inputs) / inputs.Count;

    /// <inheritdoc/>
    protected override torch.Tensor Merge(torch.Tensor left, torch.Tensor right) => left + right;
}
