using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Control;

namespace DLExperiments.Tests.Training;

/// <summary>Early stopping: when it stops, what it calls best, which weights the result has; and the budgets.</summary>
public class EarlyStoppingTests
{
    [Fact]
    public void The_course_stops_after_epoch_16_with_the_best_at_12()
    {
        // 03_Network_Training: validation accuracy, patience 4, at most 20 epochs. Any accuracies whose greatest is that of epoch 12 do so.
        double[] accuracies = [.95, .96, .97, .972, .974, .975, .978, .977, .979, .981, .980, .9825, .981, .982, .9825, .980, .99, .99, .99, .99];
        (int stopped, int best) = Follow(new EarlyStopping { Metric = "ValidationAccuracy", Patience = 4 }, accuracies);
        Assert.Equal((16, 12), (stopped, best));
    }

    [Theory]
    [InlineData(1, 0, 3, 2)]
    [InlineData(2, 0, 6, 4)]
    [InlineData(2, 0.15, 4, 2)]
    [InlineData(3, 0, 8, 8)]
    public void Patience_and_least_difference_decide(int patience, double minDelta, int stopped, int best) =>
        Assert.Equal((stopped, best), Follow(new EarlyStopping { Patience = patience, MinDelta = minDelta }, [1, .8, .9, .7, .75, .72, .6, .5]));

    [Fact]
    public void More_can_be_worse() => Assert.Equal((3, 1), Follow(new EarlyStopping { Metric = "ValidationAccuracy", Mode = MetricMode.Min, Patience = 2 }, [.1, .2, .3, .4]));

    [Fact]
    public void The_result_has_the_weights_of_the_best_epoch()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(60, 3), 30);
        NetworkDefinition network = TrainingData.Mlp(2, 3, 24);
        TrainingOptions options = new() { Epochs = 200, BatchSize = 4, LearningRate = 0.05, EarlyStopping = new EarlyStopping { Patience = 6 } };
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), options);
        Assert.Equal(StopReason.EarlyStopped, run.StopReason);
        Assert.Equal(run.BestEpoch + 6, run.EpochsCompleted);
        Assert.Equal(run.BestEpoch, run.RestoredEpoch);
        Assert.Equal(run.BestValidationLoss, run.History[run.BestEpoch!.Value - 1].ValidationLoss);

        // The same training, ended at that epoch, has these weights; and without restoring it has others.
        TrainingResult until = Trainer.Train(TrainingRequest.New(network, data), options with { Epochs = run.BestEpoch!.Value });
        Assert.Equal(Flat(until), Flat(run));
        Assert.NotEqual(Flat(run), Flat(Trainer.Train(TrainingRequest.New(network, data), options with { EarlyStopping = new EarlyStopping { Patience = 6, RestoreBest = false } })));
    }

    [Fact]
    public void Without_validation_data_it_watches_the_training_loss()
    {
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), TrainingData.Clouds(20, 2)),
            new TrainingOptions { Epochs = 50, LearningRate = 0, EarlyStopping = new EarlyStopping { Patience = 3 }, Shuffle = false });
        Assert.Equal(4, run.EpochsCompleted); // nothing ever improves
        Assert.Equal(1, run.BestEpoch);
    }

    [Fact]
    public void Budgets_end_the_training_after_a_step()
    {
        Dataset data = TrainingData.Clouds(64, 2);
        TrainingOptions options = new() { Epochs = 1_000_000, BatchSize = 16 };
        TrainingResult steps = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), data), options with { MaxSteps = 7 });
        Assert.Equal((StopReason.StepBudget, 7L, 1), (steps.StopReason, steps.StepsCompleted, steps.EpochsCompleted));
        TrainingResult time = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), data), options with { MaxTime = TimeSpan.FromMilliseconds(200) });
        Assert.Equal(StopReason.TimeBudget, time.StopReason);
        Assert.InRange(time.Duration.TotalSeconds, 0.2, 5); // five seconds for a busy machine
        TrainingResult all = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), data), options with { Epochs = 2, MaxSteps = 8 });
        Assert.Equal(StopReason.Completed, all.StopReason);
    }

    [Fact]
    public void Settings_come_as_a_number_or_a_table()
    {
        Assert.Equal(4, EarlyStopping.From(4).Patience);
        Assert.Equal("ValidationAccuracy", EarlyStopping.From(new System.Collections.Hashtable { ["metric"] = "ValidationAccuracy" }).Metric);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => EarlyStopping.From(0)).ErrorId);
        Assert.Equal("UnknownParameter", Assert.Throws<ExperimentException>(() => EarlyStopping.From(new System.Collections.Hashtable { ["patiense"] = 1 })).ErrorId);
        Assert.Equal("UnknownMetric", Assert.Throws<ExperimentException>(() => new TrainingOptions { EarlyStopping = new EarlyStopping { Metric = "Loss" } }.Validate()).ErrorId);
    }

    private static (int Stopped, int Best) Follow(EarlyStopping settings, double[] values)
    {
        var clock = new EarlyStoppingClock(settings);
        int epoch = 0;
        while (epoch < values.Length && !clock.IsExhausted)
        {
            epoch++;
            clock.OnEpoch(ScheduleFactTests.Epoch(epoch, values[epoch - 1], values[epoch - 1]));
        }
        return (epoch, clock.BestEpoch);
    }

    private static float[] Flat(TrainingResult run) => [.. run.Model.Weights.Tensors.SelectMany(t => t.Values)];
}
