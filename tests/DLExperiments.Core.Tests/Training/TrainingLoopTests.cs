using DLExperiments.Data;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Training;
using DLExperiments.Losses;
using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Tests.Training;

/// <summary>What the loop promises whatever the network: determinism, exact means, evaluation mode, stopping, no growth.</summary>
public class TrainingLoopTests
{
    private static readonly NetworkDefinition Dropping = NetworkDefinition.Create(new Shape(2))
        .Add(new LinearLayer { OutFeatures = 16 }).Add(new BatchNorm1dLayer()).Add(new ReLULayer()).Add(new DropoutLayer { P = 0.5 })
        .Add(new LinearLayer { OutFeatures = 3 });

    [Theory]
    [InlineData("Adam")]
    [InlineData("SGD")]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others(string optimizer)
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(90, 3), 70);
        TrainingOptions options = new() { Epochs = 3, BatchSize = 16, Seed = 5, Optimizer = DLExperiments.Catalogues.Catalogue<Optimizer>.Default.Create(optimizer) };
        TrainingResult a = Trainer.Train(TrainingRequest.New(Dropping, data), options), b = Trainer.Train(TrainingRequest.New(Dropping, data), options);
        TrainingResult c = Trainer.Train(TrainingRequest.New(Dropping, data), options with { Seed = 6 });
        Assert.Equal(Bits(a.Model), Bits(b.Model));
        Assert.Equal(a.History.Select(e => (e.TrainingLoss, e.ValidationLoss)), b.History.Select(e => (e.TrainingLoss, e.ValidationLoss)));
        Assert.NotEqual(Bits(a.Model), Bits(c.Model));
    }

    [Fact]
    public void Runs_on_parallel_threads_do_not_disturb_each_other()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(120, 3), 90);
        TrainingOptions Options(int i) => new() { Epochs = 4, BatchSize = 8, Seed = i, Threads = 1 };
        float[][] alone = [.. Enumerable.Range(0, 4).Select(i => Bits(Trainer.Train(TrainingRequest.New(Dropping, data), Options(i)).Model))];
        float[][] together = new float[4][];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => new Thread(() =>
            together[i] = Bits(Trainer.Train(TrainingRequest.New(Dropping, data), Options(i)).Model)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(alone, together);
    }

    [Fact]
    public void The_epochs_loss_and_accuracy_are_exact_means_over_rows_when_the_last_batch_is_short()
    {
        // A learning rate of 0 leaves the weights alone, so the streamed means must be those of one pass over all rows.
        Dataset data = TrainingData.Clouds(50, 4);
        NetworkDefinition network = TrainingData.Mlp(2, 4, 5);
        TrainingOptions options = new() { Epochs = 1, LearningRate = 0, Loss = new CrossEntropyLoss { ClassWeights = [1, 5, 0.5, 2] } };
        EpochResult full = Trainer.Train(TrainingRequest.New(network, data), options with { BatchSize = 0 }).History[0];
        foreach (int size in new[] { 1, 7, 16, 49, 50, 1000 })
        {
            EpochResult batches = Trainer.Train(TrainingRequest.New(network, data), options with { BatchSize = size }).History[0];
            Assert.Equal(full.TrainingLoss, batches.TrainingLoss, 1e-6);
            Assert.Equal(full.TrainingAccuracy!.Value, batches.TrainingAccuracy!.Value, 12);
            Assert.Equal((50 + size - 1) / size, batches.Step);
        }
        EpochResult validated = Trainer.Train(TrainingRequest.New(network, data, data), options).History[0];
        Assert.Equal(full.TrainingLoss, validated.ValidationLoss!.Value, 1e-6);
        Assert.Equal(full.TrainingAccuracy, validated.ValidationAccuracy);
    }

    [Fact]
    public void Validation_is_measured_in_evaluation_mode_with_the_weights_at_the_end_of_the_epoch()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(96, 3), 64);
        TrainingResult run = Trainer.Train(TrainingRequest.New(Dropping, data), new TrainingOptions { Epochs = 3, BatchSize = 16 });

        Assert.NotEqual(new float[16], run.Model.Weights["batchnorm1d_1.running_mean"].Values);
        using var network = new TorchNetwork(Dropping, run.Model.Weights);
        float[] x = new float[32 * 2], y = new float[32];
        int[] rows = [.. Enumerable.Range(0, 32)];
        data.Validation!.ReadFeature(0, rows, x);
        data.Validation!.ReadTarget(0, rows, y);
        using var scope = torch.NewDisposeScope();
        torch.Tensor target = torch.tensor(y).to(torch.ScalarType.Int64);
        torch.Tensor output = network.Forward([torch.tensor(x, [32, 2])], training: false)[0];
        Assert.Equal(new CrossEntropyLoss().Compute(output, target).item<float>(), run.FinalValidationLoss!.Value, 1e-6);
        Assert.Equal(output.argmax(1).eq(target).to(torch.ScalarType.Float32).mean().item<float>(), run.ValidationAccuracy!.Value, 1e-6);
    }

    [Fact]
    public void Row_order_is_new_in_every_epoch_and_kept_without_shuffling()
    {
        // SGD with batches of one on a line: the result depends on the order.
        Dataset data = TrainingData.Clouds(30, 2);
        NetworkDefinition network = TrainingData.Mlp(2, 2);
        TrainingOptions options = new() { Epochs = 2, BatchSize = 1, Optimizer = new SgdOptimizer(), LearningRate = 0.1, Engine = EngineChoice.Torch };
        float[] shuffled = Bits(Trainer.Train(TrainingRequest.New(network, data), options).Model);
        float[] plain = Bits(Trainer.Train(TrainingRequest.New(network, data), options with { Shuffle = false }).Model);
        Assert.NotEqual(shuffled, plain);

        // Without shuffling the steps can be made by hand.
        using var byHand = new TorchNetwork(network, WeightSet.Initialise(network, 0));
        var sgd = new SgdOptimizer();
        using var state = new OptimizerState(byHand.FlatParameters);
        float[] x = new float[60], y = new float[30];
        int[] rows = [.. Enumerable.Range(0, 30)];
        data.ReadFeature(0, rows, x);
        data.ReadTarget(0, rows, y);
        using var scope = torch.NewDisposeScope();
        for (int step = 0; step < 60; step++)
        {
            int row = step % 30;
            byHand.ZeroGradients();
            torch.Tensor output = byHand.Forward([torch.tensor(x.AsSpan(2 * row, 2).ToArray(), [1, 2])], training: true)[0];
            torch.nn.functional.cross_entropy(output, torch.tensor(new[] { (long)y[row] })).backward();
            sgd.Step(state, byHand.FlatParameters, byHand.FlatGradients, 0.1);
        }
        Assert.Equal(byHand.ExportWeights().Tensors.SelectMany(t => t.Values), plain);
    }

    [Fact]
    public void Cancelling_stops_after_the_batch_and_returns_what_was_reached()
    {
        Dataset data = TrainingData.Clouds(64, 2);
        using var source = new CancellationTokenSource();
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), data), new TrainingOptions { Epochs = 100, BatchSize = 16 },
            [new Watcher(p => { if (p.Step == 6) source.Cancel(); })], source.Token);
        Assert.Equal(StopReason.Cancelled, run.StopReason);
        Assert.Equal(6, run.StepsCompleted);
        Assert.Equal(1, run.EpochsCompleted);
        Assert.Equal(1, run.BestEpoch);
        Assert.NotEqual(Bits(new Model(run.Model.Network, WeightSet.Initialise(run.Model.Network, 0))), Bits(run.Model));
    }

    [Fact]
    public void Going_on_from_a_model_starts_with_its_weights()
    {
        Dataset data = TrainingData.Clouds(64, 2);
        NetworkDefinition network = TrainingData.Mlp(2, 2, 4);
        TrainingResult first = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 5, LearningRate = 0.05 });
        float[] before = Bits(first.Model);
        TrainingResult second = Trainer.Train(TrainingRequest.Continue(first.Model, data), new TrainingOptions { Epochs = 1, LearningRate = 0, BatchSize = 0 });
        Assert.Equal(before, Bits(second.Model));
        Trainer.Train(TrainingRequest.Continue(first.Model, data), new TrainingOptions { Epochs = 1 });
        Assert.Equal(before, Bits(first.Model));
    }

    [Fact]
    public void The_best_epoch_is_that_of_the_lowest_validation_loss()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(60, 3), 20);
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3, 32), data), new TrainingOptions { Epochs = 40, LearningRate = 0.05, BatchSize = 4 });
        Assert.Equal(run.History.Min(e => e.ValidationLoss), run.BestValidationLoss);
        Assert.Equal(run.BestValidationLoss, run.History[run.BestEpoch!.Value - 1].ValidationLoss);
        Assert.Equal(run.History.Min(e => e.TrainingLoss), run.BestTrainingLoss);
        Assert.Equal(Enumerable.Range(1, 40), run.History.Select(e => e.Epoch));
        Assert.Equal("CrossEntropy", run.Loss);
        Assert.Equal(["A", "B", "C"], run.Model.ClassNames!);
    }

    [Fact]
    public void The_number_of_live_tensors_does_not_grow()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(96, 3), 64);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var counts = new List<long>();
        Trainer.Train(TrainingRequest.New(Dropping, data), new TrainingOptions { Epochs = 30, BatchSize = 10 },
            [new Watcher(_ => { }, _ => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount))]);
        Assert.Single(counts.Skip(1).Distinct());
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Steps_allocate_no_more_memory_the_longer_a_training_runs(EngineChoice engine)
    {
        Dataset data = TrainingData.Clouds(256, 3);
        var allocated = new List<long>();
        Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3, 8), data), new TrainingOptions { Epochs = 40, BatchSize = 8, Engine = engine },
            [new Watcher(_ => { }, _ => allocated.Add(GC.GetAllocatedBytesForCurrentThread()))]);
        long[] each = [.. allocated.Skip(1).Zip(allocated, (b, a) => b - a)];
        // The garbage of an epoch (tensor handles) is the same early and late; the history list doubles now and then.
        Assert.True(each[^1] < each[4] * 1.1 + 4096, $"epoch 6: {each[4]} bytes, last epoch: {each[^1]} bytes");
    }

    private static float[] Bits(Model model) => [.. model.Weights.Tensors.SelectMany(t => t.Values)];

    private sealed class Watcher(Action<TrainingProgress> step, Action<EpochResult>? epoch = null) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress) => step(progress);

        public void OnEpoch(EpochResult result) => epoch?.Invoke(result);
    }
}
