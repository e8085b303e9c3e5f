using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Probabilities from scores: eˣ / Σeˣ along one dimension.</summary>
[CatalogueEntry("Softmax")]
public sealed class SoftmaxLayer : ActivationLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Full;

    /// <summary>The dimension that sums to one, counted in the sample (without the batch) from 0, or from the end; 0 for channels.</summary>
    [Position(0)]
    public int Dim { get; init; } = -1;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        input.Dimension(Dim);
        return input;
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.softmax(input, Dim < 0 ? Dim : Dim + 1);
}
