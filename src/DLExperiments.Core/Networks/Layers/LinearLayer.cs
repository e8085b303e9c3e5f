using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Fully connected layer: y = x Wᵀ + b on the last dimension; [..., in] becomes [..., out].</summary>
[CatalogueEntry("Linear", "Dense")]
public sealed class LinearLayer : WeightedLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Reduced;

    /// <summary>How many output features.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int OutFeatures { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count > 0
        ? new([.. input.Sizes.SkipLast(1), OutFeatures])
        : throw new ShapeException($"wants [features] or [...,features], got {input}.");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) =>
        WeightAndBias(new Shape(OutFeatures, input[^1]), OutFeatures, fanIn: input[^1], fanOut: OutFeatures);

    /// <inheritdoc/>
    protected override long CountMultiplyAdds(Shape input, Shape output) => (long)input.ElementCount * OutFeatures;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.linear(input, context["weight"], context.Find("bias"));
}
