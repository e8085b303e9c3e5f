using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Sweeps.Pruners;

/// <summary>
/// Hyperband (Li and others 2018): trials are dealt into brackets of successive halving that begin to judge at different epochs, so that trials that
/// start slowly have their chance. A bracket gets the more trials, the earlier it judges.
/// </summary>
[CatalogueEntry("Hyperband")]
public sealed class HyperbandPruner : Pruner
{
    /// <summary>The first rung of the strictest bracket.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumEpochs { get; set; } = 1;

    /// <summary>One of how many trials goes on at a rung, and how many times longer.</summary>
    [Range(2, 100)]
    public int ReductionFactor { get; set; } = 3;

    /// <inheritdoc/>
    public override bool GivesUp(PrunerView view)
    {
        int brackets = CountBrackets(view.Epochs), own = BracketOf(view.Trial, brackets);
        var halving = new SuccessiveHalvingPruner { MinimumEpochs = FirstRung(own), ReductionFactor = ReductionFactor };
        return halving.GivesUp(view with { Others = [.. view.Others.Where(o => BracketOf(o.Trial, brackets) == own)] });
    }

    /// <summary>How many brackets there are: one for each rung that is not above the epochs of a trial.</summary>
    internal int CountBrackets(int epochs)
    {
        int count = 1;
        for (long rung = (long)MinimumEpochs * ReductionFactor; rung <= epochs; rung *= ReductionFactor) count++;
        return count;
    }

    /// <summary>The bracket of a trial: in each round of trials, bracket s of S has ceil(S η^(S-1-s) / (S-s)) of them, as in the paper's table.</summary>
    internal int BracketOf(int trial, int brackets)
    {
        int[] shares = [.. Enumerable.Range(0, brackets).Select(s => (int)Math.Ceiling(brackets * Math.Pow(ReductionFactor, brackets - 1 - s) / (brackets - s)))];
        int place = trial % shares.Sum(), total = shares.Sum();
        // Dealt in turn by the largest remaining share, so that every stretch of trials has all brackets.
        double[] dealt = new double[brackets];
        int chosen = 0;
        for (int i = 0; i <= place; i++)
        {
            chosen = Enumerable.Range(0, brackets).MaxBy(s => (double)shares[s] * (i + 1) / total - dealt[s]);
            dealt[chosen]++;
        }
        return chosen;
    }

    private int FirstRung(int bracket)
    {
        long rung = MinimumEpochs;
        for (int s = 0; s < bracket; s++) rung *= ReductionFactor;
        return (int)Math.Min(rung, int.MaxValue);
    }
}
