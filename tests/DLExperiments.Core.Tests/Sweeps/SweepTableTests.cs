using System.Collections.Specialized;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Tests.Sweeps;

public class SweepTableTests
{
    private static (SweepPlan Plan, SweepTrial[] Trials) Sweep(int count, Func<Setting, long, double> f, int repeats = 1)
    {
        var plan = new SweepPlan
        {
            Space = SweepSpace.From(new OrderedDictionary { ["a"] = "0..1", ["b"] = "0..1", ["c"] = "x, y, z" }), Sampler = new RandomSampler(), Points = count, Repeats = repeats,
            Objectives = [new("Loss", SweepGoal.Auto)],
        };
        SweepTrial[] trials = [.. Enumerable.Range(0, count * repeats).Select(i =>
        {
            Setting setting = plan.Space.At(plan.Sampler.Sample(plan.Space.Cube, 1, i / repeats, []));
            return new SweepTrial { Trial = i, Point = i / repeats, Repeat = i % repeats, Seed = i % repeats, State = TrialState.Finished, Parameters = setting, Value = f(setting, i % repeats), Path = "" };
        })];
        return (plan, trials);
    }

    [Fact]
    public void What_matters_is_important_and_what_does_not_is_not()
    {
        (SweepPlan plan, SweepTrial[] trials) = Sweep(120, (s, _) => 10 * Math.Pow((double)s["a"]! - .3, 2) + ((string)s["c"]! == "y" ? 1 : 0));
        IReadOnlyList<ParameterImportance> all = ParameterImportance.Of(plan, trials);
        Assert.Equal(["a", "c", "b"], all.Select(i => i.Parameter));
        Assert.Equal(1, all.Sum(i => i.Importance), 1e-12);
        Assert.True(all[2].Importance < .05, $"b counts {all[2].Importance}");
        Assert.True(all[0].Explained > .8);
        Assert.Equal("TooFewTrials", Assert.Throws<ExperimentException>(() => ParameterImportance.Of(plan, trials[..5])).ErrorId);
    }

    [Fact]
    public void Chance_alone_explains_nothing()
    {
        var random = new Random(4);
        (SweepPlan plan, SweepTrial[] trials) = Sweep(100, (_, _) => random.NextDouble());
        Assert.All(ParameterImportance.Of(plan, trials), i => Assert.True(i.Explained < .15, $"{i.Explained}"));
    }

    [Fact]
    public void Settings_are_compared_in_trials_of_the_same_seed()
    {
        // Three settings with seeds 0, 1, 2 that shift all alike; worked by hand: differences of the second setting .1, .2, .3 have mean .2,
        // s = .1, t = .2 / (.1 / sqrt 3) = 3.4641, and with 2 degrees of freedom p = 0.074180.
        (SweepPlan plan, SweepTrial[] trials) = Sweep(3, (_, _) => 0, repeats: 3);
        double[] values = [1, 2, 3, 1.1, 2.2, 3.3, 5, 5, 5];
        IReadOnlyList<SettingSummary> summary = SettingSummary.Of(plan, [.. trials.Select((t, i) => t with { Value = values[i] })]);
        Assert.Equal([0, 1, 2], summary.Select(s => s.Point));
        Assert.Equal(2, summary[0].Mean, 1e-12);
        Assert.Equal(1, summary[0].StandardDeviation!.Value, 1e-12);
        // t(0.975, 2) = 4.302653: half width 4.302653 / sqrt 3 = 2.484138.
        Assert.Equal(2 - 2.484138, summary[0].Low!.Value, 1e-6);
        Assert.Equal(.2, summary[1].Difference!.Value, 1e-12);
        Assert.Equal(.074180, summary[1].PValue!.Value, 1e-6);
        // A setting that lost a trial has no mean over all seeds, and comes after those that have.
        trials = [.. trials.Select((t, i) => t with { Value = values[i], State = i == 1 ? TrialState.Failed : TrialState.Finished })];
        Assert.Equal([1, 2, 0], SettingSummary.Of(plan, trials).Select(s => s.Point));
    }

    [Fact]
    public void Fronts_follow_from_who_beats_whom()
    {
        double[] fronts = ParetoRank.Of([[1, 5], [2, 2], [5, 1], [3, 3], [1, 5], [6, 6], [double.NaN, 0]]);
        Assert.Equal([0, 0, 0, 1, 0, 2, double.NaN], fronts);
    }
}
