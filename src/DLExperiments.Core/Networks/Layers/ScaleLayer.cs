using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Multiplies each channel by a learnt factor, which starts small in deep networks ("layer scale", Touvron and others 2021).</summary>
[CatalogueEntry("Scale", "LayerScale")]
public sealed class ScaleLayer : SingleInputLayer
{
    /// <summary>The factors at the start.</summary>
    [Position(0)]
    public double Init { get; init; } = 1;

    /// <summary>The dimension that has a factor for each of its places, counted in the sample (without the batch) from 0, or from the end.</summary>
    public int Dim { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        input.Dimension(Dim);
        return input;
    }

    // With trailing sizes of 1, so that it stretches over the input.
    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        int dim = input.Dimension(Dim);
        return [new("weight", new Shape([input[dim], .. Enumerable.Repeat(1, input.Count - dim - 1)]), new ConstantInitialiser { Value = Init }) { IsInitialiserChosen = true }];
    }

    /// <inheritdoc/>
    protected override long CountMultiplyAdds(Shape input, Shape output) => input.ElementCount;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input * context["weight"];
}
