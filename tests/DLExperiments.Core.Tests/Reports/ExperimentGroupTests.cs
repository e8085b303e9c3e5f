using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Plots;
using DLExperiments.Tests.Training;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Reports;

/// <summary>Comparisons of runs: their settings from the options, statistics against SciPy, the gate.</summary>
public class ExperimentGroupTests
{
    private static readonly Dataset Clouds = TrainingData.Cut(TrainingData.Clouds(40, 3), 30);

    private static TrainingResult Train(TrainingOptions options, params int[] hidden) =>
        Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3, hidden), Clouds), options with { Epochs = options.Epochs == 10 ? 1 : options.Epochs });

    private static PlotData Values(string name, params double[] values) => new(values.Select((v, i) => (object)new Dictionary<string, object> { [name] = v }));

    [Fact]
    public void Every_option_in_which_runs_differ_is_a_setting_and_no_other()
    {
        TrainingResult[] runs =
        [
            Train(new()),
            Train(new() { Seed = 3, LearningCurve = null }),
            Train(new() { Optimizer = new SgdOptimizer { Momentum = .9 } }),
            Train(new() { Rules = new UpdateRules { ClipNorm = 2, Regularisers = [new L2Regulariser { Lambda = .5 }] } }),
            Train(new() { Loss = new CrossEntropyLoss { LabelSmoothing = .1 }, Shuffle = false }),
            Train(new(), 7),
        ];
        (string[] names, IReadOnlyDictionary<string, string>[] settings) = RunSettings.Differences(new PlotData(runs), runs);
        // Which engine took them is what was chosen for them, and may change.
        Assert.Equal(["ClipNorm", "Loss", "Network", "Optimizer", "Regularisers", "Shuffle"], names.Except(["Engine", "Threads", "MemoryFormat"]).Order());
        Assert.Equal("SGD (Momentum 0.9)", settings[2]["Optimizer"]);
        Assert.Equal("L2 (Lambda 0.5)", settings[3]["Regularisers"]);
        Assert.Equal("CrossEntropy (LabelSmoothing 0.1)", settings[4]["Loss"]);
        Assert.Equal("Linear 7, Tanh, Linear 3", settings[5]["Network"]);
        Assert.DoesNotContain("Seed", names);
    }

    [Fact]
    public void A_setting_that_follows_from_another_is_left_out()
    {
        object[] rows = [.. from hidden in new[] { 4, 8 } from rate in new[] { .1, .2 }
            select (object)new Dictionary<string, object> { ["Hidden"] = hidden, ["LearningRate"] = rate, ["ParameterCount"] = hidden * 10, ["BestValidationLoss"] = rate, ["Seed"] = 1 }];
        Assert.Equal(["Hidden", "LearningRate"], RunSettings.Differences(new PlotData(rows), rows).Names);
    }

    [Fact]
    public void Without_common_seeds_the_interval_is_that_of_SciPy()
    {
        Dictionary<string, double> Group(int first, params double[] values) => values.Select((v, i) => (v, i)).ToDictionary(p => $"{first + p.i}", p => p.v);
        // scipy.stats.ttest_ind([.34, .15, .26], [.10, .20, .30, .25], equal_var=False), and the interval of Welch's degrees of freedom.
        var welch = new ExperimentComparison("b", "m", Group(0, .34, .15, .26), Group(10, .10, .20, .30, .25));
        Assert.Equal(0, welch.Paired);
        Assert.Equal(.0375, welch.Difference!.Value, 1e-12);
        Assert.Equal(0.6181783172591406, welch.PValue!.Value, 1e-10);
        Assert.Equal(-0.15357811203072727, welch.DifferenceLow!.Value, 1e-10);
        Assert.Equal(0.22857811203072723, welch.DifferenceHigh!.Value, 1e-10);
        // One new run against four: the interval of one more value of the four.
        var single = new ExperimentComparison("b", "m", Group(0, .9), Group(10, .10, .20, .30, .25));
        Assert.Equal(0.38367081064379843, single.DifferenceLow!.Value, 1e-10);
        Assert.Equal(0.9913291893562015, single.DifferenceHigh!.Value, 1e-10);
        Assert.Equal(0.005519518537275792, single.PValue!.Value, 1e-10);
        Assert.True(single.IsRegression(higherIsBetter: false));
        Assert.False(single.IsRegression(higherIsBetter: true));
        Assert.Null(new ExperimentComparison("b", "m", Group(0, 1), Group(5, 2)).DifferenceLow);
    }

    [Theory]
    [InlineData(.87, false)] // below the stored value, within its interval
    [InlineData(.84, true)]
    [InlineData(.99, false)]
    public void A_metric_is_worse_outside_of_its_stored_interval(double now, bool worse)
    {
        var stored = new MetricResult("F1", .9, .85, .94, 100);
        Assert.Equal(worse ? 1 : 0, ExperimentGroups.Gate(new PlotData([stored with { Value = now }]), new PlotData([stored]), "Value").Worse.Count);
        // A loss the other way round, from plain rows of a file.
        var row = new Dictionary<string, object> { ["Metric"] = "LogLoss", ["Value"] = "0.5", ["Low"] = "0.4", ["High"] = "0.6", ["HigherIsBetter"] = "False" };
        var loss = new MetricResult("LogLoss", now, null, null, 100) { HigherIsBetter = false };
        Assert.Single(ExperimentGroups.Gate(new PlotData([loss]), new PlotData([row]), "Value").Worse);
        Assert.Equal("MissingBaseline", Assert.Throws<ExperimentException>(() => ExperimentGroups.Gate(new PlotData([stored]), new PlotData([row]), "Value")).ErrorId);
    }

    [Fact]
    public void The_name_of_a_number_says_which_way_is_better()
    {
        PlotData low = Values("FinalLoss", 1, 1.1, 1), high = Values("FinalLoss", 2, 2.1, 2);
        Assert.Single(ExperimentGroups.Gate(high, low, "FinalLoss").Worse);
        Assert.Empty(ExperimentGroups.Gate(low, high, "FinalLoss").Worse);
        Assert.Single(ExperimentGroups.Gate(Values("Score", 1, 1.1, 1), Values("Score", 2, 2.1, 2), "Score").Worse);
        Assert.Empty(ExperimentGroups.Gate(high, low, "FinalLoss", higherIsBetter: true).Worse);
    }

    [Fact]
    public void A_thousand_runs_become_as_many_groups_as_there_are_settings()
    {
        TrainingResult one = Train(new());
        object[] runs = [.. Enumerable.Range(0, 1000).Select(i => (object)(one with { Options = one.Options with { BatchSize = 1 + i % 20, Shuffle = i % 2 == 0 }, BatchSize = 1 + i % 20, Seed = i / 20, BestValidationLoss = i % 20 + i / 20 * 1e-3 }))];
        IReadOnlyList<ExperimentComparison> groups = ExperimentGroups.Compare(new PlotData(runs), "BestValidationLoss");
        Assert.Equal(20, groups.Count);
        Assert.All(groups, g => Assert.Equal(50, g.Count));
        Assert.All(groups.Skip(1), g => Assert.Equal(50, g.Paired));
        Assert.Equal(19, groups[19].Difference!.Value, 1e-9);
        Assert.Equal(["Shuffle", "BatchSize"], groups[0].Settings.Keys.OrderDescending());
    }
}
