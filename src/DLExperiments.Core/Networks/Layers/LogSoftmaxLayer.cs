using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Logarithms of probabilities from scores: x - ln Σeˣ along one dimension.</summary>
[CatalogueEntry("LogSoftmax")]
public sealed class LogSoftmaxLayer : ActivationLayer
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
        torch.nn.functional.log_softmax(input, Dim < 0 ? Dim : Dim + 1);
}
