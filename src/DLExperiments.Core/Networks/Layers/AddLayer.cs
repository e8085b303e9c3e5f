using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The sum of its inputs, value by value: the join of a residual connection.</summary>
[CatalogueEntry("Add")]
public sealed class AddLayer : MergeLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Merge(torch.Tensor left, torch.Tensor right) => left + right;
}
