using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Sweeps.Pruners;

/// <summary>Gives up a trial whose best cost so far is above the median of what the others had after the same epoch (Golovin and others 2017).</summary>
[CatalogueEntry("Median")]
public sealed class MedianPruner : Pruner
{
    /// <summary>How many trials there must be to compare with.</summary>
    [Range(1, int.MaxValue)]
    public int StartupTrials { get; set; } = 5;

    /// <summary>How many epochs every trial gets.</summary>
    [Range(0, int.MaxValue)]
    public int WarmupEpochs { get; set; } = 1;

    /// <summary>The share of the others, in percent, that a trial must be among the best of: 50 for the median, 25 to be stricter.</summary>
    [Range(0.1, 99.9)]
    public double Percentile { get; set; } = 50;

    /// <inheritdoc/>
    public override bool GivesUp(PrunerView view)
    {
        if (view.Epoch <= WarmupEpochs) return false;
        double[] others = [.. view.Others.Where(o => o.Costs.Count >= view.Epoch).Select(o => o.Costs[view.Epoch - 1]).Where(c => !double.IsNaN(c)).Order()];
        if (others.Length < StartupTrials) return false;
        double place = Percentile / 100 * (others.Length - 1);
        int below = (int)place;
        double limit = others[below] + (place - below) * (others[Math.Min(below + 1, others.Length - 1)] - others[below]);
        return !(view.Costs.Min() <= limit);
    }
}
