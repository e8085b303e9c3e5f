using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Fully connected layer: y = x Wᵀ + b on the last dimension; [..., in] becomes [..., out].</summary>
[CatalogueEntry("Linear", "Dense")]
public sealed class LinearLayer : SingleInputLayer
{
    /// <summary>How many output features.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int OutFeatures { get; init; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => new([.. input.SkipLast(1), OutFeatures]);

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        int inFeatures = input[^1];
        var initialiser = new UniformFanInInitialiser();
        var weight = new ParameterSpec("weight", new Shape(OutFeatures, inFeatures), initialiser, inFeatures, OutFeatures);
        return Bias ? [weight, new ParameterSpec("bias", new Shape(OutFeatures), initialiser, inFeatures, OutFeatures)] : [weight];
    }

    /// <inheritdoc/>
    protected override long CountMultiplyAdds(Shape input, Shape output) => (long)input.ElementCount * OutFeatures;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.linear(input, context["weight"], context.Find("bias"));
}
