using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Sweeps.Pruners;

/// <summary>
/// Asynchronous successive halving (Li and others 2020): after MinimumEpochs, and each time after ReductionFactor times as many, only the best
/// 1/ReductionFactor of the trials that came so far go on.
/// </summary>
[CatalogueEntry("SuccessiveHalving", "ASHA")]
public sealed class SuccessiveHalvingPruner : Pruner
{
    /// <summary>The first rung: how many epochs every trial gets.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumEpochs { get; set; } = 1;

    /// <summary>One of how many trials goes on at a rung, and how many times longer.</summary>
    [Range(2, 100)]
    public int ReductionFactor { get; set; } = 4;

    /// <inheritdoc/>
    public override bool GivesUp(PrunerView view)
    {
        if (!IsRung(view.Epoch)) return false;
        double own = Rank(view.Costs, view.Epoch);
        double[] all = [.. view.Others.Where(o => o.Costs.Count >= view.Epoch).Select(o => Rank(o.Costs, view.Epoch)).Append(own).Order()];
        // With fewer trials than the factor, the best of them goes on.
        return own > all[Math.Max(1, all.Length / ReductionFactor) - 1];
    }

    internal bool IsRung(int epoch)
    {
        long rung = MinimumEpochs;
        while (rung < epoch) rung *= ReductionFactor;
        return rung == epoch;
    }

    // A trial is judged by the last epoch, not by its best, as a rung is a budget; what is no number is worst.
    private static double Rank(IReadOnlyList<double> costs, int epoch) => double.IsNaN(costs[epoch - 1]) ? double.PositiveInfinity : costs[epoch - 1];
}
