using System.Collections;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Tests.Training;

/// <summary>Every schedule against PyTorch's rates (tests/Reference/schedules.py says how they were made), and against printed ones.</summary>
public class ScheduleFactTests
{
    private static readonly JsonNode Facts = ReferenceFacts.Read("schedules.json");

    public static TheoryData<int, string> Cases() => List("cases");

    public static TheoryData<int, string> PlateauCases() => List("plateau");

    [Fact]
    public void Every_schedule_has_a_case() => Assert.Equal(Catalogue<Schedule>.Default.Entries.Select(e => e.Name).Order(),
        Facts["cases"]!.AsArray().Select(c => c!["schedule"]!.GetValue<string>()).Append("Plateau").Distinct().Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rates_equal_those_of_PyTorch(int place, string name)
    {
        _ = name;
        JsonNode fact = Facts["cases"]![place]!;
        var schedule = (FormulaSchedule)Catalogue<Schedule>.Default.Create(fact["schedule"]!.GetValue<string>(), Settings(fact["settings"]!));
        double start = fact["rate"]!.GetValue<double>();
        schedule.Validate(start);
        double[] expected = ReferenceFacts.Numbers(fact["rates"]!);
        // PyTorch multiplies the rate from place to place where we use the formula: up to 50 roundings lie between.
        for (int t = 0; t < expected.Length; t++) Near(expected[t], schedule.RateAt(start, t, fact["total"]!.GetValue<int>()), t);
    }

    public static TheoryData<int, string> MomentumCases() => List("momenta");

    [Theory]
    [MemberData(nameof(MomentumCases))]
    public void Momenta_equal_those_of_PyTorch(int place, string name)
    {
        _ = name;
        JsonNode fact = Facts["momenta"]![place]!;
        Hashtable settings = Settings(fact["settings"]!);
        settings["CycleMomentum"] = true;
        var schedule = (FormulaSchedule)Catalogue<Schedule>.Default.Create(fact["schedule"]!.GetValue<string>(), settings);
        double[] expected = ReferenceFacts.Numbers(fact["momenta"]!);
        ScheduleClock clock = schedule.Start(fact["rate"]!.GetValue<double>(), new ScheduleSpan(1, fact["total"]!.GetValue<int>()));
        for (int t = 0; t < expected.Length; t++) Near(expected[t], clock.Momentum(0, t)!.Value, t);
        settings["CycleMomentum"] = false;
        Assert.Null(((Schedule)Catalogue<Schedule>.Default.Create(fact["schedule"]!.GetValue<string>(), settings)).Start(0.1, new ScheduleSpan(1, 10)).Momentum(0, 0));
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    public void A_cycled_momentum_trains_as_that_momentum_does(string name)
    {
        // With both ends equal the cycle is a constant momentum, so the training is that of an optimizer with it; with others it is not.
        TrainingRequest request = TrainingRequest.New(TrainingData.Mlp(2, 2), TrainingData.Clouds(32, 2));
        TrainingResult Run(Optimizer optimizer, double low, double high, bool cycles) => Trainer.Train(request, new TrainingOptions
        {
            Engine = cycles ? EngineChoice.Auto : EngineChoice.Torch, Epochs = 4, BatchSize = 8, LearningRate = 0.1, Optimizer = optimizer,
            Schedule = new OneCycleSchedule { CycleMomentum = cycles, BaseMomentum = low, MaximumMomentum = high },
        });
        Optimizer with = name == "SGD" ? new SgdOptimizer { Momentum = 0.7 } : new AdamOptimizer { Beta1 = 0.7 };
        Optimizer without = name == "SGD" ? new SgdOptimizer() : new AdamOptimizer();
        TrainingResult cycled = Run(without, 0.7, 0.7, cycles: true);
        Assert.Equal("Torch", cycled.Engine);
        Assert.Equal(Run(with, 0.7, 0.7, cycles: false).History.Select(e => e.TrainingLoss), cycled.History.Select(e => e.TrainingLoss));
        Assert.NotEqual(Run(without, 0.6, 0.8, cycles: true).FinalTrainingLoss, cycled.FinalTrainingLoss);
    }

    [Fact]
    public void A_cycled_momentum_needs_an_optimizer_that_has_one()
    {
        var options = new TrainingOptions { Optimizer = new AdagradOptimizer(), Schedule = new OneCycleSchedule { CycleMomentum = true } };
        var error = Assert.Throws<ExperimentException>(options.Validate);
        Assert.Equal("InvalidSchedule", error.ErrorId);
        Assert.Contains("Adagrad", error.Message);
        Assert.Equal("InvalidSchedule", Assert.Throws<ExperimentException>(() => new CyclicSchedule { MaximumRate = 1, BaseMomentum = 0.95 }.Validate(0.1)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(PlateauCases))]
    public void Plateau_falls_where_PyTorchs_does(int place, string name)
    {
        _ = name;
        JsonNode fact = Facts["plateau"]![place]!;
        var schedule = (PlateauSchedule)Catalogue<Schedule>.Default.Create("Plateau", Settings(fact["settings"]!));
        ScheduleClock clock = schedule.Start(fact["rate"]!.GetValue<double>(), new ScheduleSpan(20, 10));
        double[] metric = ReferenceFacts.Numbers(fact["metric"]!), expected = ReferenceFacts.Numbers(fact["rates"]!);
        for (int t = 0; t < expected.Length; t++)
        {
            Near(expected[t], clock.Rate(t, 10 * t), t);
            clock.OnEpoch(Epoch(t + 1, metric[t]));
        }
        Assert.True(expected.Distinct().Count() > 1, "a fact without a fall shows nothing");
    }

    [Fact]
    public void StepLR_gives_the_rates_that_the_course_prints()
    {
        // 03_Network_Training prints the rate after each of ten epochs, with the scheduler stepped.
        double[] printed = [1e-3, 1e-3, 1e-4, 1e-4, 1e-4, 1e-5, 1e-5, 1e-5, 1e-6, 1e-6];
        var schedule = new StepSchedule { StepSize = 3 };
        for (int epoch = 1; epoch <= 10; epoch++) Near(printed[epoch - 1], schedule.RateAt(1e-3, epoch, 10), epoch);
    }

    [Fact]
    public void Plateau_of_the_course_first_falls_to_a_fifth_after_two_epochs_without_improvement()
    {
        // min validation loss, factor .2, patience 1, threshold .01 (a share), min_lr 1e-5: improving up to epoch 6, the fall is that of epoch 8.
        double[] losses = [.161, .104, .0843, .0785, .0741, .0699, .0702, .0698, .0731, .0755];
        ScheduleClock clock = new PlateauSchedule { Factor = .2, Patience = 1, Threshold = .01, MinimumRate = 1e-5 }.Start(1e-3, new ScheduleSpan(10, 1));
        var after = new List<double>();
        for (int e = 1; e <= 10; e++)
        {
            clock.OnEpoch(Epoch(e, losses[e - 1]));
            after.Add(clock.Rate(e, e));
        }
        Assert.All(after.Take(7), r => Assert.Equal(1e-3, r));
        Assert.Equal(2e-4, after[7], 1e-18);
    }

    [Fact]
    public void A_schedule_per_step_moves_within_the_epoch_and_one_per_epoch_does_not()
    {
        var span = new ScheduleSpan(2, 4);
        ScheduleClock step = new LinearSchedule { Per = ScheduleUnit.Step }.Start(1, span), epoch = new LinearSchedule().Start(1, span);
        Assert.Equal([1, 7 / 8.0, 6 / 8.0, 5 / 8.0, 4 / 8.0], Enumerable.Range(0, 5).Select(s => step.Rate(s / 4, s)));
        Assert.Equal([1, 1, 1, 1, .5], Enumerable.Range(0, 5).Select(s => epoch.Rate(s / 4, s)));
    }

    [Fact]
    public void Training_follows_the_schedule_and_the_history_shows_it()
    {
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), TrainingData.Clouds(32, 2)),
            new TrainingOptions { Epochs = 6, BatchSize = 8, LearningRate = 0.1, Schedule = new StepSchedule { StepSize = 2, Gamma = 0.5 } });
        Assert.Equal([0.1, 0.1, 0.05, 0.05, 0.025, 0.025], run.History.Select(e => e.LearningRate));
        Assert.Equal(0.1, run.LearningRate);

        // A rate of 0 from the second epoch on leaves the weights of the first.
        TrainingOptions options = new() { Epochs = 1, BatchSize = 8, LearningRate = 0.1 };
        TrainingResult one = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), TrainingData.Clouds(32, 2)), options);
        TrainingResult frozen = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), TrainingData.Clouds(32, 2)),
            options with { Epochs = 3, Schedule = new StepSchedule { StepSize = 1, Gamma = 0 } });
        Assert.Equal(one.Model.Weights.Tensors.SelectMany(t => t.Values), frozen.Model.Weights.Tensors.SelectMany(t => t.Values));
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_refused()
    {
        Assert.Equal("InvalidSchedule", Assert.Throws<ExperimentException>(() => new CosineSchedule { Restart = true }.Validate(1)).ErrorId);
        Assert.Equal("InvalidSchedule", Assert.Throws<ExperimentException>(() => new CosineSchedule { PeriodFactor = 2 }.Validate(1)).ErrorId);
        Assert.Equal("InvalidSchedule", Assert.Throws<ExperimentException>(() => new CyclicSchedule { MaximumRate = 0.1 }.Validate(1)).ErrorId);
        Assert.Equal("InvalidSchedule", Assert.Throws<ExperimentException>(() => new OneCycleSchedule { ThreePhase = true, RisingShare = 0.6 }.Validate(1)).ErrorId);
        Assert.Equal("UnknownMetric", Assert.Throws<ExperimentException>(() => new PlateauSchedule { Metric = "ValLoss" }.Validate(1)).ErrorId);
        Assert.Equal("MissingParameter", Assert.Throws<ExperimentException>(() => Catalogue<Schedule>.Default.Create("Step")).ErrorId);
        Assert.Equal("MetricNotMeasured", Assert.Throws<ExperimentException>(() => new PlateauSchedule { Metric = "ValidationAccuracy" }
            .Start(1, new ScheduleSpan(1, 1)).OnEpoch(new EpochResult { Epoch = 1, TrainingLoss = 1, LearningRate = 1, Step = 1, SampleCount = 1, Duration = default, Elapsed = default, SamplesPerSecond = 1, Timestamp = default })).ErrorId);
    }

    internal static EpochResult Epoch(int epoch, double validationLoss, double? accuracy = null) => new()
    {
        Epoch = epoch, TrainingLoss = 1, ValidationLoss = validationLoss, ValidationAccuracy = accuracy, LearningRate = 1, Step = epoch, SampleCount = 1,
        Duration = default, Elapsed = default, SamplesPerSecond = 1, Timestamp = default,
    };

    private static Hashtable Settings(JsonNode node)
    {
        var texts = node.AsObject().Where(p => p.Value!.GetValueKind() == System.Text.Json.JsonValueKind.String).ToList();
        Hashtable settings = ReferenceFacts.Settings(new JsonObject(node.AsObject().Except(texts).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))));
        foreach ((string key, JsonNode? value) in texts) settings[key] = value!.GetValue<string>();
        return settings;
    }

    private static TheoryData<int, string> List(string kind)
    {
        var cases = new TheoryData<int, string>();
        JsonArray all = Facts[kind]!.AsArray();
        for (int i = 0; i < all.Count; i++) cases.Add(i, $"{all[i]!["schedule"]} {all[i]!["settings"]!.ToJsonString()}");
        return cases;
    }

    private static void Near(double expected, double actual, int place) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-12 * Math.Max(1e-3, Math.Abs(expected)), $"place {place}: expected {expected:R}, got {actual:R}");
}
