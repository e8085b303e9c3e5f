using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Weights of rows and classes against rows that are there so many times; groups of parameters against the optimizer's definition.</summary>
public sealed class WeightTests : IClassFixture<TorchFixture>
{
    private static readonly NetworkDefinition Network = TrainingData.Mlp(2, 3, 5);
    private static readonly TrainingOptions Full = new() { Epochs = 5, BatchSize = 0, LearningRate = 0.3, Optimizer = new SgdOptimizer(), Engine = EngineChoice.Torch };

    [Fact]
    public void A_row_of_weight_two_is_a_row_that_is_there_twice_and_one_of_weight_nothing_is_not_there()
    {
        Dataset data = TrainingData.Clouds(30, 3);
        int[] times = [.. Enumerable.Range(0, 30).Select(i => i % 4)];
        Dataset weighted = data.WithSampleWeight(new FloatColumn("times", new Shape(), [.. times.Select(t => (float)t)]));
        Dataset repeated = data.Select("repeated", Enumerable.Range(0, 30).SelectMany(i => Enumerable.Repeat(i, times[i])));
        TrainingResult one = Trainer.Train(TrainingRequest.New(Network, weighted), Full), other = Trainer.Train(TrainingRequest.New(Network, repeated), Full);
        Same(other, one, 1e-5); // sums in another order
        Assert.Equal(other.FinalTrainingLoss!.Value, one.FinalTrainingLoss!.Value, 1e-5);
        Assert.Equal("times", one.SampleWeight);
        Assert.NotEqual(data.Fingerprint, weighted.Fingerprint);
        // A batch that weighs nothing makes no step and no NaN.
        TrainingResult single = Trainer.Train(TrainingRequest.New(Network, weighted), Full with { BatchSize = 1 });
        Assert.True(double.IsFinite(single.FinalTrainingLoss!.Value));
    }

    [Fact]
    public void Class_weights_multiply_balance_and_sample_weights()
    {
        Dataset data = TrainingData.Clouds(30, 3).Select("uneven", Enumerable.Range(0, 30).Where(i => i % 3 != 2 || i < 9)); // 10 A, 10 B, 3 C
        TrainingResult run = Trainer.Train(TrainingRequest.New(Network, data), Full with { BalanceClasses = true, ClassWeights = new Dictionary<string, double> { ["C"] = 2 } });
        Assert.Equal(23.0 / 30, run.ClassWeights!["A"], 1e-12);
        Assert.Equal(2 * 23.0 / 9, run.ClassWeights["C"], 1e-12);
        float[] rows = [.. data.Rows.Select(r => r % 3 == 2 ? 2f * 23 / 9 : 23f / 30)];
        float[] all = new float[30];
        for (int i = 0; i < rows.Length; i++) all[data.Rows[i]] = rows[i] / 2;
        Dataset by = data.WithSampleWeight(new FloatColumn("w", new Shape(), all));
        Same(run, Trainer.Train(TrainingRequest.New(Network, by), Full), 1e-5); // a common factor of all weights changes nothing
        TrainingResult both = Trainer.Train(TrainingRequest.New(Network, by), Full with { ClassWeights = new Dictionary<string, double> { ["A"] = 3 } });
        for (int i = 0; i < rows.Length; i++) all[data.Rows[i]] *= data.Rows[i] % 3 == 0 ? 3 : 1;
        Same(both, Trainer.Train(TrainingRequest.New(Network, data.WithSampleWeight(new FloatColumn("w", new Shape(), [.. all]))), Full), 1e-5);
    }

    [Fact]
    public void A_column_of_a_table_is_the_weight_and_no_feature()
    {
        var table = new TableBuilder("table", ["x", "w", "y"], new TableOptions { Target = ["y"], SampleWeight = "w" });
        for (int i = 0; i < 6; i++) table.Add([i, i % 2, i], i + 1);
        Dataset data = table.Build();
        Assert.Equal(("w", 1, 1), (data.SampleWeight!.Name, data.InputShape[0], data.Schema!.Features.Length));
        var split = new DLExperiments.Data.Splitting.HoldOut { Ratio = [0.5], Sequential = true };
        Assert.Equal("w", split.Split(data).Train!.SampleWeight!.Name);
        Assert.Equal("ColumnConflict", Assert.Throws<ExperimentException>(() => new TableBuilder("t", ["x", "y"], new TableOptions { Target = ["y"], SampleWeight = "y" })).ErrorId);
        var bad = new TableBuilder("bad", ["x", "w", "y"], new TableOptions { Target = ["y"], SampleWeight = "w" });
        bad.Add([1, 1, 1], 1);
        bad.Add([1, -2, 1], 2);
        ExperimentException negative = Assert.Throws<ExperimentException>(bad.Build);
        Assert.Equal("InvalidSampleWeight", negative.ErrorId);
        Assert.Contains("row 2 is -2", negative.Message);
        Assert.Equal("MissingValue", Assert.Throws<ExperimentException>(() => bad.Add([1, null, 1], 3)).ErrorId);
    }

    [Fact]
    public void Wrong_weights_are_refused()
    {
        string Refusal(TrainingOptions options, Dataset data) => Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(Network, data), options)).ErrorId;
        Assert.Equal("UnknownClass", Refusal(Full with { ClassWeights = new Dictionary<string, double> { ["D"] = 2 } }, TrainingData.Clouds(9, 3)));
        Assert.Equal("InvalidClassWeight", Refusal(Full with { ClassWeights = new Dictionary<string, double> { ["A"] = -2 } }, TrainingData.Clouds(9, 3)));
        Assert.Equal("NoClasses", Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(TrainingData.Mlp(1, 1), TrainingData.Numbers("n", [[1], [2]], [[1], [2]])),
            Full with { ClassWeights = new Dictionary<string, double> { ["A"] = 2 } })).ErrorId);
    }

    [Fact]
    public void Groups_of_parameters_have_their_own_rate_and_decay()
    {
        Dataset data = TrainingData.Clouds(60, 3);
        TrainingOptions step = Full with { Epochs = 1, LearningRate = 1 };
        WeightSet start = WeightSet.Initialise(Network, 0), free = Trainer.Train(TrainingRequest.New(Network, data), step).Model.Weights;
        WeightSet grouped = Trainer.Train(TrainingRequest.New(Network, data), step with
        {
            LearningRate = 0.5,
            Rules = new UpdateRules { ParameterGroups = [new ParameterGroup("linear_1.weight", new SgdOptimizer { WeightDecay = 0.2 }, 0.1), new ParameterGroup("*.bias", new SgdOptimizer(), 0)] },
        }).Model.Weights;
        foreach (WeightTensor tensor in start.Tensors)
            for (int i = 0; i < tensor.Values.Length; i++)
            {
                double w = tensor.Values[i], g = w - free[tensor.Name].Values[i]; // one step of rate 1 is the gradient
                double wanted = tensor.Name == "linear_1.weight" ? w - 0.1 * (g + 0.2 * w) : tensor.Name.EndsWith(".bias", StringComparison.Ordinal) ? w : w - 0.5 * g;
                Assert.Equal(wanted, grouped[tensor.Name].Values[i], 1e-6);
            }
    }

    [Fact]
    public void Groups_with_the_settings_of_all_change_nothing_and_schedules_go_in_proportion()
    {
        Dataset data = TrainingData.Clouds(60, 3);
        TrainingOptions adam = new() { Epochs = 3, BatchSize = 16, LearningRate = 0.02, Engine = EngineChoice.Torch, Schedule = new ExponentialSchedule { Gamma = 0.5 } };
        TrainingResult plain = Trainer.Train(TrainingRequest.New(Network, data), adam);
        TrainingResult same = Trainer.Train(TrainingRequest.New(Network, data), adam with { Rules = new UpdateRules { ParameterGroups = [new ParameterGroup("*.bias", new AdamOptimizer()), new ParameterGroup("linear_2.weight", new AdamOptimizer(), 0.02)] } });
        Same(plain, same, 0); // each number's update depends on nothing else
        TrainingOptions sgd = adam with { Optimizer = new SgdOptimizer() };
        TrainingResult factor = Trainer.Train(TrainingRequest.New(Network, data), sgd with { Rules = new UpdateRules { LearningRateFactors = new Dictionary<string, double> { ["linear_1"] = 3 } } });
        TrainingResult rate = Trainer.Train(TrainingRequest.New(Network, data), sgd with { Rules = new UpdateRules { ParameterGroups = [new ParameterGroup("linear_1", new SgdOptimizer(), 0.06)] } });
        Same(factor, rate, 1e-6); // the factor is applied to the step, the rate before it: rounding
        string Refusal(params ParameterGroup[] groups) => Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(Network, data), sgd with { Rules = new UpdateRules { ParameterGroups = groups } })).ErrorId;
        Assert.Equal("AmbiguousGroup", Refusal(new ParameterGroup("linear_1", new SgdOptimizer()), new ParameterGroup("*.bias", new SgdOptimizer())));
        Assert.Equal("UnknownWeight", Refusal(new ParameterGroup("conv*", new SgdOptimizer())));
        Assert.Equal("InvalidLearningRate", Refusal(new ParameterGroup("linear_1", new SgdOptimizer(), -1)));
    }

    private static void Same(TrainingResult expected, TrainingResult actual, double tolerance)
    {
        foreach (WeightTensor tensor in expected.Model.Weights.Tensors)
            for (int i = 0; i < tensor.Values.Length; i++) Assert.Equal(tensor.Values[i], actual.Model.Weights[tensor.Name].Values[i], tolerance);
    }
}
