using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Networks;

/// <summary>What the pooling layers with a sliding window share.</summary>
public abstract class PoolingLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>Size of the window: one number, or height and width.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int[] KernelSize { get; init; }

    /// <summary>Step of the window: one number, or height and width; by default the kernel size.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public int[]? Stride { get; init; }

    /// <summary>Padding of each edge, at most half the kernel size: one number, or height and width.</summary>
    [Range(0, int.MaxValue)]
    public int[] Padding { get; init; } = [0];

    /// <summary>Whether a last, incomplete window counts.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Kernel size of each dimension.</summary>
    protected int[] Kernel => SlidingWindow.Expand(KernelSize, 2, nameof(KernelSize));

    /// <summary>Stride of each dimension.</summary>
    protected int[] Strides => SlidingWindow.Expand(Stride ?? KernelSize, 2, nameof(Stride));

    /// <summary>Padding of each dimension.</summary>
    protected int[] Paddings => SlidingWindow.Expand(Padding, 2, nameof(Padding));

    /// <summary>Distance between the window's points of each dimension; 1 by default.</summary>
    protected virtual int[] Dilations => [1, 1];

    /// <inheritdoc/>
    protected sealed override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        int[] kernel = Kernel, stride = Strides, padding = Paddings, dilation = Dilations;
        SlidingWindow.RequirePoolPadding(kernel, padding);
        int Size(int i) => SlidingWindow.OutputSize(input[i + 1], kernel[i], stride[i], dilation[i], (padding[i], padding[i]), CeilMode, input);
        return new Shape(input[0], Size(0), Size(1));
    }
}
