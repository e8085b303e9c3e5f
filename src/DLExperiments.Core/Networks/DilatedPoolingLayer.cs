using System.ComponentModel.DataAnnotations;

namespace DLExperiments.Networks;

/// <summary>A pooling layer whose window may have gaps: maxima and minima.</summary>
public abstract class DilatedPoolingLayer : PoolingLayer
{
    /// <summary>Distance between the window's points: one number, or one for each dimension.</summary>
    [Range(1, int.MaxValue)]
    public int[] Dilation { get; init; } = [1];

    /// <inheritdoc/>
    protected sealed override int[] Dilations => SlidingWindow.Expand(Dilation, Dimensions, nameof(Dilation));
}
