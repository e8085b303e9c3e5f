using DLExperiments.Networks;
using DLExperiments.Training.Updates;

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

    /// <summary>What was measured of the layers, of those of which anything was; null when nothing was asked for.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="network">The network.</param>
    /// <param name="totals">The gradients' norms.</param>
    /// <param name="weights">The weights at the end of the epoch; null when layers are not reported.</param>
    /// <param name="dead">The dead units of layers whose units can die.</param>
    internal static LayerResult[]? Of(int epoch, NetworkDefinition network, MeasureTotals totals, WeightSet? weights, IReadOnlyList<(string Layer, int Dead, int Units)> dead)
    {
        if (weights is null && dead.Count == 0) return null;
        ILookup<string, WeightTensor>? tensors = weights?.Tensors.Where(t => !t.IsBuffer).ToLookup(t => t.Name[..t.Name.LastIndexOf('.')], StringComparer.Ordinal);
        return [.. network.Layers.Select(l => new LayerResult
        {
            Epoch = epoch,
            Layer = l.Name,
            GradientNorm = totals.Mean(UpdateRunner.MeasureOf(l.Name)),
            WeightNorm = tensors?.Contains(l.Name) == true ? new WeightSet(tensors[l.Name]).Norm : null,
            DeadUnits = dead.Where(d => d.Layer == l.Name).Select(d => (double?)d.Dead / d.Units).FirstOrDefault(),
        }).Where(l => l is not { GradientNorm: null, WeightNorm: null, DeadUnits: null })];
    }
}
