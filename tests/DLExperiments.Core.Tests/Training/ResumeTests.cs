using DLExperiments.Catalogues;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training;

/// <summary>A training that is interrupted and goes on ends with the same bits as one that is not, in both engines (SGD is tested in the fused one).</summary>
public sealed class ResumeTests : ResumeCase
{
    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Cancelled_anywhere_and_resumed_it_gives_the_same_bits(EngineChoice engine)
    {
        TrainingResult whole = Trainer.Train(Request(), Options() with { Engine = engine });
        Assert.Equal(StopReason.EarlyStopped, whole.StopReason); // or the test would not see early stopping go on
        Assert.True(whole.History.Select(e => e.LearningRate).Distinct().Count() > 1, "nor the schedule");
        foreach (int at in new[] { 1, 4, 5, 6, 17, (int)whole.StepsCompleted - 1 })
        {
            TrainingOptions options = Options() with { Engine = engine, Checkpoint = Checkpoints, LearningCurve = Curve, Force = true };
            TrainingResult part = Cancel(options, at);
            Assert.Equal(StopReason.Cancelled, part.StopReason);
            Assert.Equal(at, part.StepsCompleted);
            TrainingResult rest = Trainer.Resume(Checkpoints, Data());
            Same(whole, rest);
            Assert.Equal(Rows(whole), CurveRows());
        }
    }

    [Fact]
    public void Interrupted_after_every_few_steps_it_still_gives_the_same_bits()
    {
        TrainingResult whole = Trainer.Train(Request(), Options());
        TrainingOptions options = Options() with { Checkpoint = Checkpoints, LearningCurve = Curve, Resume = true };
        TrainingResult part;
        int runs = 0;
        do
        {
            part = Cancel(options, 7);
            runs++;
        }
        while (part.StopReason == StopReason.Cancelled);
        Assert.True(runs > 5);
        Same(whole, part);
        Assert.Equal(Rows(whole), CurveRows());
    }

    [Theory]
    [InlineData("NAdam")]
    [InlineData("RAdam")]
    [InlineData("LBFGS")]
    public void Optimizers_that_remember_numbers_or_much_give_the_same_bits(string optimizer)
    {
        TrainingOptions options = Options() with { Optimizer = Catalogue<Optimizer>.Default.Create(optimizer), Epochs = 4, EarlyStopping = null };
        TrainingResult whole = Trainer.Train(Request(), options);
        foreach (int at in new[] { 1, 7, 15 })
        {
            Cancel(options with { Checkpoint = Checkpoints, Force = true }, at);
            Same(whole, Trainer.Resume(Checkpoints, Data()));
        }
    }

    [Fact]
    public void LBFGS_with_batches_warns()
    {
        var listener = new Listener();
        Trainer.Train(Request(), Options() with { Optimizer = new LbfgsOptimizer(), Epochs = 1 }, [listener]);
        Assert.Contains("BatchSize 0", Assert.Single(listener.Warnings));
        listener = new Listener();
        Trainer.Train(Request(), Options() with { Optimizer = new LbfgsOptimizer(), Epochs = 1, BatchSize = 0 }, [listener]);
        Assert.Empty(listener.Warnings);
    }

    [Fact]
    public void A_training_that_had_ended_gives_its_result_again_and_goes_on_to_more_epochs()
    {
        TrainingOptions options = Options() with { EarlyStopping = null, Epochs = 4 };
        TrainingResult first = Trainer.Train(Request(), options with { Checkpoint = Checkpoints, LearningCurve = Curve });
        Same(first, Trainer.Resume(Checkpoints, Data()));
        TrainingResult whole = Trainer.Train(Request(), options with { Epochs = 7 });
        Same(whole, Trainer.Resume(Checkpoints, Data(), change: o => o with { Epochs = 7 }));
        Assert.Equal(Rows(whole), CurveRows());
    }
}
