namespace DLExperiments.Training;

/// <summary>What one epoch showed of one layer; nothing is rounded.</summary>
public sealed record LayerResult
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The layer's name.</summary>
    public required string Layer { get; init; }

    /// <summary>The mean 2-norm of the layer's gradients over the epoch's steps, penalties included, before clipping; null for a layer without trained parameters, or unless asked for.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>The 2-norm of the layer's weights and biases at the end of the epoch; null for a layer without parameters, or unless asked for.</summary>
    public double? WeightNorm { get; init; }

    /// <summary>The share of the layer's units that give 0 for every row, 0 to 1; null for a layer whose units cannot die, or unless asked for.</summary>
    public double? DeadUnits { get; init; }
}
