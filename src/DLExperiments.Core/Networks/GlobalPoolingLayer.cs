using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>What pooling over all places of each channel shares, in one, two and three dimensions.</summary>
public abstract class GlobalPoolingLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>How many spatial dimensions the layer has.</summary>
    protected abstract int Dimensions { get; }

    /// <inheritdoc/>
    protected sealed override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, Dimensions);
        return new Shape(input[0]);
    }

    /// <inheritdoc/>
    protected sealed override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        Reduce(input, [.. Enumerable.Range(2, Dimensions).Select(d => (long)d)]);

    /// <summary>Computes one value for each channel.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="dimensions">The dimensions that go.</param>
    protected abstract torch.Tensor Reduce(torch.Tensor input, long[] dimensions);
}
