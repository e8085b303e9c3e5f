using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The product of its inputs, value by value: a gate, or attention to channels.</summary>
[CatalogueEntry("Multiply")]
public sealed class MultiplyLayer : MergeLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Merge(torch.Tensor left, torch.Tensor right) => left * right;
}
