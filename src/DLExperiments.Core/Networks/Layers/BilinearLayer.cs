using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>A form of two inputs, linear in each: y = aᵀ W b + bias on the last dimension, one matrix W for each output feature.</summary>
[CatalogueEntry("Bilinear")]
public sealed class BilinearLayer : Layer
{
    /// <summary>How many output features.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int OutFeatures { get; init; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    public override int MinimumInputs => 2;

    /// <inheritdoc/>
    public override int MaximumInputs => 2;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        (Shape a, Shape b) = (inputs[0], inputs[1]);
        return a.Count > 0 && a.Count == b.Count && a.Sizes.SkipLast(1).SequenceEqual(b.Sizes.SkipLast(1))
            ? new([.. a.Sizes.SkipLast(1), OutFeatures])
            : throw new ShapeException($"wants [...,features] twice, alike but for the last dimension, got {a} and {b}.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> GetParameters(IReadOnlyList<Shape> inputs)
    {
        (int a, int b) = (inputs[0][^1], inputs[1][^1]);
        // PyTorch: both uniform on ±1/√(features of the first input).
        var standard = new UniformFanInInitialiser();
        var weight = new ParameterSpec("weight", new Shape(OutFeatures, a, b), standard, a, OutFeatures);
        return Bias ? [weight, weight with { Name = "bias", Shape = new Shape(OutFeatures) }] : [weight];
    }

    /// <inheritdoc/>
    public override long CountMultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => (long)output.ElementCount * (inputs[0][^1] + 1) * inputs[1][^1];

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs) =>
        torch.nn.functional.bilinear(inputs[0], inputs[1], context["weight"], context.Find("bias"));
}
