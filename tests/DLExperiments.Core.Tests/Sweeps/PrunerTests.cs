using DLExperiments.Randomness;
using DLExperiments.Sweeps.Pruners;
using Xunit.Abstractions;

namespace DLExperiments.Tests.Sweeps;

public class PrunerTests(ITestOutputHelper output)
{
    private static PrunerView View(double[] own, int epochs, params double[][] others) =>
        new(others.Length, own, epochs, [.. others.Select((c, i) => (i, (IReadOnlyList<double>)c))]);

    [Fact]
    public void Median_gives_up_what_is_above_the_median()
    {
        double[][] others = [[.9, .5], [.9, .4], [.9, .3], [.9, .2], [.9, .1]];
        var median = new MedianPruner();
        Assert.False(median.GivesUp(View([.9, .3], 10, others)));
        Assert.True(median.GivesUp(View([.9, .31], 10, others)));
        // Its best so far counts, not its last.
        Assert.False(median.GivesUp(View([.2, .9], 10, others)));
        Assert.False(median.GivesUp(View([.9], 10, others)));
        Assert.False(median.GivesUp(View([.9, .9], 10, others[1..])));
        // A quarter of the way from .1 to .5 over four gaps is the second best, .2.
        Assert.True(new MedianPruner { Percentile = 25 }.GivesUp(View([.9, .25], 10, others)));
        Assert.True(median.GivesUp(View([double.NaN, double.NaN], 10, others)));
    }

    [Fact]
    public void Patience_counts_epochs_without_improvement()
    {
        var patience = new PatiencePruner { Patience = 2, MinDelta = .1 };
        Assert.False(patience.GivesUp(View([1, .95, .95], 10)));
        Assert.True(patience.GivesUp(View([1, .95, .95, .95], 10)));
        Assert.False(patience.GivesUp(View([1, .95, .95, .8], 10)));
    }

    [Fact]
    public void Halving_lets_the_best_of_each_rung_go_on()
    {
        var halving = new SuccessiveHalvingPruner { MinimumEpochs = 2, ReductionFactor = 3 };
        double[][] others = [[9, .1], [9, .2], [9, .3], [9, .4], [9, .5]];
        // Six trials at the rung of 2 epochs: the two best go on.
        Assert.False(halving.GivesUp(View([9, .15], 20, others)));
        Assert.True(halving.GivesUp(View([9, .25], 20, others)));
        // Not at a rung (2, 6, 18, ...): nobody is judged.
        Assert.False(halving.GivesUp(View([9, 9, 9], 20, others)));
        Assert.False(halving.GivesUp(View([9, .3], 20)));
        Assert.True(halving.GivesUp(View([9, double.NaN], 20, others)));
    }

    [Fact]
    public void Hyperband_deals_trials_into_brackets_as_in_the_paper()
    {
        // Table 1 of the paper for R = 81, eta = 3: 81, 34, 15, 8 and 5 trials start in the five brackets.
        var hyperband = new HyperbandPruner();
        int brackets = hyperband.CountBrackets(81);
        Assert.Equal(5, brackets);
        int[] dealt = new int[5];
        for (int i = 0; i < 143; i++) dealt[hyperband.BracketOf(i, brackets)]++;
        Assert.Equal([81, 34, 15, 8, 5], dealt);
    }

    [Fact]
    public void Halving_finds_the_best_of_a_grid_with_a_third_of_the_epochs()
    {
        // Curves that fall to an end that depends on the point, at a pace that does not always show it early.
        const int points = 81, epochs = 27;
        var random = new RandomStream(5, RandomPurpose.User);
        double[][] curves = [.. Enumerable.Range(0, points).Select(_ =>
        {
            double end = random.NextUniform(.1, 1), pace = random.NextUniform(.15, .6), start = random.NextUniform(1.5, 2.5);
            return Enumerable.Range(1, epochs).Select(e => end + (start - end) * Math.Exp(-pace * e)).ToArray();
        })];
        double best = curves.Min(c => c[^1]);
        foreach (Pruner pruner in new Pruner[] { new SuccessiveHalvingPruner { ReductionFactor = 3, MinimumEpochs = 3 }, new HyperbandPruner { MinimumEpochs = 3 } })
        {
            var seen = new List<(int, IReadOnlyList<double>)>();
            int spent = 0;
            double found = double.PositiveInfinity;
            for (int i = 0; i < points; i++)
            {
                int e = 1;
                while (e < epochs && !pruner.GivesUp(new PrunerView(i, curves[i][..e], epochs, seen))) e++;
                seen.Add((i, curves[i][..e]));
                spent += e;
                found = Math.Min(found, curves[i][e - 1]);
            }
            output.WriteLine($"{pruner.GetType().Name}: {found:F4} of best {best:F4} with {(double)spent / (points * epochs):P0} of the epochs");
            if (pruner is not SuccessiveHalvingPruner) continue;
            Assert.True(found <= best * 1.02, $"{found} against {best}");
            Assert.True(spent <= points * epochs / 3, $"{spent} epochs");
        }
    }
}
