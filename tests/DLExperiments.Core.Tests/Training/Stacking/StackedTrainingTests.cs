using DLExperiments.Data;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Control;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;
using DLExperiments.Training.Stacking;

namespace DLExperiments.Tests.Training.Stacking;

/// <summary>Trainings in a stack against the same trainings alone: the Torch engine is the truth.</summary>
public sealed class StackedTrainingTests : IClassFixture<TorchFixture>
{
    private const int Count = 3;

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (string network in StackedCase.Networks.Keys)
            foreach (string loss in StackedCase.Losses.Keys)
                foreach (string optimizer in StackedCase.Optimizers.Keys) cases.Add(network, loss, optimizer);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trainings_in_a_stack_learn_what_they_learn_alone(string network, string loss, string optimizer)
    {
        Dataset data = StackedCase.Data(network, loss);
        TrainingResult Train(int k) => Trainer.Train(
            TrainingRequest.New(StackedCase.Networks[network](StackedCase.Losses[loss].Outputs, 0.1 * k), data),
            new TrainingOptions
            {
                Loss = StackedCase.Losses[loss].Make(), Optimizer = StackedCase.Optimizers[optimizer](k), LearningRate = 0.01 * (k + 1), Epochs = 2, BatchSize = 16, Seed = 5 + k,
                Engine = EngineChoice.Torch, Threads = 1,
            });
        object[] together = Together.Train(Count, Train);
        for (int k = 0; k < Count; k++)
        {
            TrainingResult stacked = Assert.IsType<TrainingResult>(together[k]), alone = Train(k);
            Assert.Equal(Count, stacked.StackSize);
            Same(alone, stacked);
        }
    }

    [Fact]
    public void A_training_that_diverges_ends_alone()
    {
        double[] rates = [0.01, 1e25, 0.02, 0.03];
        Dataset data = StackedCase.Data("images", "MSE");
        TrainingResult Train(int k) => Trainer.Train(TrainingRequest.New(StackedCase.Networks["images"](3, 0.2), data),
            new TrainingOptions { Optimizer = new SgdOptimizer { Momentum = 0.5 }, LearningRate = rates[k], Epochs = 3, BatchSize = 16, Seed = k, Engine = EngineChoice.Torch, Threads = 1 });
        object[] together = Together.Train(rates.Length, Train);
        var broken = Assert.IsType<NonFiniteLossException>(together[1]);
        NonFiniteLossException alone = Assert.Throws<NonFiniteLossException>(() => Train(1));
        Assert.Equal((alone.Epoch, alone.Step), (broken.Epoch, broken.Step));
        foreach (int k in new[] { 0, 2, 3 }) Same(Train(k), Assert.IsType<TrainingResult>(together[k]));
    }

    [Fact]
    public void Each_training_stops_when_it_would_alone()
    {
        Dataset data = StackedCase.Data("dense", "CrossEntropy");
        TrainingResult Train(int k) => Trainer.Train(TrainingRequest.New(StackedCase.Networks["dense"](4, 0.1), data), new TrainingOptions
        {
            Optimizer = new AdamOptimizer { Eps = 1e-3 }, LearningRate = k == 3 ? 0 : 0.1 / (k + 1), Epochs = k == 2 ? 4 : 12, BatchSize = 16, Seed = k, Engine = EngineChoice.Torch, Threads = 1,
            EarlyStopping = new EarlyStopping { Patience = 1 }, Schedule = new StepSchedule { StepSize = 2, Gamma = 0.5 }, Metrics = [new F1Metric()],
        });
        object[] together = Together.Train(4, Train);
        TrainingResult[] alone = [.. Enumerable.Range(0, 4).Select(Train)];
        Assert.True(alone.Select(a => a.EpochsCompleted).Distinct().Count() > 1, "all stop in the same epoch: the case shows nothing");
        for (int k = 0; k < 4; k++) Same(alone[k], Assert.IsType<TrainingResult>(together[k]));
    }

    [Fact]
    public void Those_of_other_shapes_are_trained_apart_and_what_fits_nothing_alone()
    {
        Dataset data = StackedCase.Data("dense", "MSE");
        int[] widths = [6, 7, 6, 7, 6, 7, 9];
        TrainingResult Train(int k) => Trainer.Train(
            TrainingRequest.New(NetworkDefinition.Create(new Shape(5)).Add(new LinearLayer { OutFeatures = widths[k] }).Add(new ELULayer()).Add(new LinearLayer { OutFeatures = 3 }), data),
            new TrainingOptions { Epochs = 2, BatchSize = 0, Seed = k, Engine = EngineChoice.Torch, Threads = 1, Shuffle = k % 2 == 0 });
        object[] together = Together.Train(widths.Length, Train);
        Assert.Equal([3, 3, 3, 3, 3, 3, 1], together.Cast<TrainingResult>().Select(r => r.StackSize));
        for (int k = 0; k < widths.Length; k++) Same(Train(k), (TrainingResult)together[k]);
    }

    [Fact]
    public void A_training_may_come_after_another_in_the_same_trial()
    {
        Dataset data = StackedCase.Data("dense", "MSE");
        TrainingResult Once(int k, long seed) => Trainer.Train(TrainingRequest.New(StackedCase.Networks["dense"](3, 0), data),
            new TrainingOptions { Optimizer = new AdamOptimizer { Eps = 1e-3 }, Epochs = 1, BatchSize = 16, Seed = seed + k, Engine = EngineChoice.Torch, Threads = 1 });
        object[] together = Together.Train(Count, k =>
        {
            Once(k, 0);
            return Once(k, 50);
        });
        for (int k = 0; k < Count; k++)
        {
            Assert.Equal(Count, ((TrainingResult)together[k]).StackSize);
            Same(Once(k, 50), (TrainingResult)together[k]);
        }
    }

    [Fact]
    public void A_failure_in_a_step_is_every_training_s_own()
    {
        Dataset data = StackedCase.Data("dense", "MSE");
        TrainingResult Train(int k) => Trainer.Train(TrainingRequest.New(StackedCase.Networks["dense"](3, 0), data),
            new TrainingOptions { Epochs = 5, BatchSize = 22, Seed = k, Engine = EngineChoice.Torch, Threads = 1, Optimizer = new SgdOptimizer(), LearningRate = 1e30 });
        object[] together = Together.Train(Count, Train);
        Assert.All(together, e => Assert.IsType<NonFiniteLossException>(e));
    }

    private static void Same(TrainingResult alone, TrainingResult stacked)
    {
        Assert.Equal((alone.StopReason, alone.EpochsCompleted, alone.StepsCompleted, alone.BestEpoch), (stacked.StopReason, stacked.EpochsCompleted, stacked.StepsCompleted, stacked.BestEpoch));
        Assert.Equal(alone.LearningRate, stacked.LearningRate);
        for (int e = 0; e < alone.History.Length; e++)
        {
            Close(alone.History[e].TrainingLoss, stacked.History[e].TrainingLoss);
            Close(alone.History[e].ValidationLoss!.Value, stacked.History[e].ValidationLoss!.Value);
            Assert.Equal(alone.History[e].TrainingAccuracy, stacked.History[e].TrainingAccuracy);
            Assert.Equal(alone.History[e].ValidationAccuracy, stacked.History[e].ValidationAccuracy);
            foreach ((EpochMeasure one, EpochMeasure other) in alone.History[e].Metrics.Zip(stacked.History[e].Metrics)) Close(one.Validation!.Value, other.Validation!.Value);
        }
        foreach (WeightTensor weight in alone.Model.Weights.Tensors)
            foreach ((float a, float b) in weight.Values.Zip(stacked.Model.Weights[weight.Name].Values)) Close(a, b);
    }

    // Sums are taken in another order; a few dozen steps carry the rounding of 32-bit numbers on, as between the engines.
    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, 2e-4 * Math.Max(1, Math.Abs(expected)));
}
