using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Networks;

/// <summary>What the pooling layers with a sliding window share, in one, two and three dimensions.</summary>
public abstract class PoolingLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>Size of the window: one number, or one for each dimension.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int[] KernelSize { get; init; }

    /// <summary>Step of the window: one number, or one for each dimension; by default the kernel size.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public int[]? Stride { get; init; }

    /// <summary>Padding of each edge, at most half the kernel size: one number, or one for each dimension.</summary>
    [Range(0, int.MaxValue)]
    public int[] Padding { get; init; } = [0];

    /// <summary>Whether a last, incomplete window counts.</summary>
    public bool CeilMode { get; init; }

    /// <summary>How many spatial dimensions the layer has.</summary>
    protected abstract int Dimensions { get; }

    /// <summary>Kernel size of each dimension.</summary>
    protected int[] Kernel => SlidingWindow.Expand(KernelSize, Dimensions, nameof(KernelSize));

    /// <summary>Stride of each dimension.</summary>
    protected int[] Strides => SlidingWindow.Expand(Stride ?? KernelSize, Dimensions, nameof(Stride));

    /// <summary>Padding of each dimension.</summary>
    protected int[] Paddings => SlidingWindow.Expand(Padding, Dimensions, nameof(Padding));

    /// <summary>Distance between the window's points of each dimension; 1 by default.</summary>
    protected virtual int[] Dilations => SlidingWindow.Expand([1], Dimensions, "Dilation");

    /// <inheritdoc/>
    protected sealed override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, Dimensions);
        int[] kernel = Kernel, stride = Strides, padding = Paddings, dilation = Dilations;
        SlidingWindow.RequirePoolPadding(kernel, padding);
        int Size(int i) => SlidingWindow.OutputSize(input[i + 1], kernel[i], stride[i], dilation[i], (padding[i], padding[i]), CeilMode, input);
        return new Shape([input[0], .. Enumerable.Range(0, Dimensions).Select(Size)]);
    }
}
