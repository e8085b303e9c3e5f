using System.ComponentModel.DataAnnotations;
using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Networks;

/// <summary>What batch and instance normalisation share: a scale and a shift for each channel, and running statistics.</summary>
public abstract class ChannelNormLayer : SingleInputLayer
{
    /// <summary>Sets what is on by default.</summary>
    /// <param name="affine">Whether the layer learns a scale and a shift by default.</param>
    /// <param name="trackRunningStats">Whether it keeps running statistics by default.</param>
    protected ChannelNormLayer(bool affine, bool trackRunningStats)
    {
        Affine = affine;
        TrackRunningStats = trackRunningStats;
    }

    /// <summary>Added to the variance before the root.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-5;

    /// <summary>Share of the new batch in the running statistics.</summary>
    [Range(0.0, 1.0)]
    public double Momentum { get; init; } = 0.1;

    /// <summary>Whether the layer learns a scale and a shift for each channel.</summary>
    public bool Affine { get; init; }

    /// <summary>Whether running means and variances are kept and used in evaluation.</summary>
    public bool TrackRunningStats { get; init; }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        var channels = new Shape(input[0]);
        var one = new ConstantInitialiser { Value = 1 };
        var zero = new ConstantInitialiser { Value = 0 };
        var all = new List<ParameterSpec>();
        if (Affine) all.AddRange([new("weight", channels, one), new("bias", channels, zero) { IsInitialiserChosen = true }]);
        if (TrackRunningStats)
            all.AddRange([
                new("running_mean", channels, zero, IsBuffer: true),
                new("running_var", channels, one, IsBuffer: true),
                new("num_batches_tracked", new Shape(), zero, IsBuffer: true)]);
        return all;
    }

    /// <summary>
    /// Whether this pass normalises with its own statistics (and moves the running ones) or with the running statistics, as in evaluation and
    /// in a frozen layer.
    /// </summary>
    /// <param name="context">The layer's context.</param>
    protected bool UsesOwnStatistics(LayerContext context) => !TrackRunningStats || (context.IsTraining && !context.IsFrozen);
}
