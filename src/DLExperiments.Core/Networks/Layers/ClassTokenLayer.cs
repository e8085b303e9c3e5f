using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Puts a learnt vector before a sequence, of which a classifier reads the result: [T,E] becomes [T+1,E] (Devlin and others 2018).</summary>
[CatalogueEntry("ClassToken")]
public sealed class ClassTokenLayer : SingleInputLayer
{
    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count == 2
        ? new(input[0] + 1, input[1])
        : throw new ShapeException($"wants a sequence [steps,features], got {input}.");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) =>
        [new("weight", new Shape(1, input[1]), new ConstantInitialiser(), 1, input[1]) { IsInitialiserChosen = true }];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.cat([context["weight"].unsqueeze(0).expand(input.shape[0], 1, input.shape[2]), input], 1);
}
