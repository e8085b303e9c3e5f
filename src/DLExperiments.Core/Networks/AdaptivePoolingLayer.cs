using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Networks;

/// <summary>What pooling over a grid of given size shares, in one, two and three dimensions.</summary>
public abstract class AdaptivePoolingLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>Size of the output: one number, or one for each dimension.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int[] OutputSize { get; init; } = [1];

    /// <summary>How many spatial dimensions the layer has.</summary>
    protected abstract int Dimensions { get; }

    /// <summary>Size of each dimension, as libtorch takes it.</summary>
    protected long[] Sizes => SlidingWindow.ToLong(SlidingWindow.Expand(OutputSize, Dimensions, nameof(OutputSize)));

    /// <inheritdoc/>
    protected sealed override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, Dimensions);
        return new Shape([input[0], .. Sizes.Select(s => (int)s)]);
    }
}
