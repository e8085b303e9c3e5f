using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Tests.Training.Fused;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.RateSearch;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training;

/// <summary>Sums and means of a loss in training: what a step is, what an epoch shows, and that parts of a batch are the batch, in both engines.</summary>
public sealed class ReductionTests : IClassFixture<TorchFixture>
{
    private static readonly EngineChoice[] Engines = [EngineChoice.Torch, EngineChoice.Fused];

    public static TheoryData<string> Reduced => [.. FusedCases.Losses.Where(l => !l.Value.IsMean).Select(l => l.Key)];

    [Theory]
    [MemberData(nameof(Reduced))]
    public void Both_engines_train_alike(string name)
    {
        Loss loss = FusedCases.Losses[name];
        (Dataset data, int outputs) = FusedCases.Data(loss, name);
        // Uneven last batch, and sample weights; small steps, since a sum of 12 rows has 12 times the gradient.
        data = Weighted(data);
        TrainingRequest request = TrainingRequest.New(FusedCases.Network(new TanhLayer(), outputs), data, data);
        var options = new TrainingOptions { Loss = loss, Optimizer = new SgdOptimizer(), LearningRate = 1e-3, Epochs = 12, BatchSize = 12, Seed = 3 };
        TrainingResult torch = Train(request, options, EngineChoice.Torch), fused = Train(request, options, EngineChoice.Fused);
        // Float32 on both sides, 48 steps.
        foreach ((EpochResult a, EpochResult b) in torch.History.Zip(fused.History))
        {
            Assert.Equal(a.TrainingLoss, b.TrainingLoss, 2e-5);
            Assert.Equal(a.ValidationLoss!.Value, b.ValidationLoss!.Value, 2e-5);
        }
        AssertSame(torch, fused, 2e-5f);
    }

    [Fact]
    public void A_step_of_a_sum_is_that_of_the_mean_over_rows_times_the_rows_and_an_epoch_shows_that_mean()
    {
        (Dataset data, int outputs) = FusedCases.Data(new MeanSquaredErrorLoss(), "MSE", rows: 48);
        TrainingRequest request = TrainingRequest.New(FusedCases.Network(new TanhLayer(), outputs), data, data);
        foreach (EngineChoice engine in Engines)
        {
            var options = new TrainingOptions { Optimizer = new SgdOptimizer { Momentum = 0.9 }, Epochs = 5, BatchSize = 16, Seed = 1 };
            TrainingResult Of(LossReduction reduction, double rate) => Train(request, options with { Loss = new MeanSquaredErrorLoss { Reduction = reduction }, LearningRate = rate }, engine);
            TrainingResult sum = Of(LossReduction.Sum, 1e-3), rows = Of(LossReduction.BatchMean, 16e-3), mean = Of(LossReduction.Mean, 32e-3); // two outputs a row
            AssertSame(rows, sum, 1e-5f);
            AssertSame(mean, sum, 1e-5f);
            foreach ((EpochResult a, EpochResult b) in rows.History.Zip(sum.History))
            {
                Assert.Equal(a.TrainingLoss, b.TrainingLoss, 1e-5);
                Assert.Equal(a.ValidationLoss!.Value, b.ValidationLoss!.Value, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData("CrossEntropy")]
    [InlineData("CrossEntropyWeighted")]
    [InlineData("CrossEntropyWeightedSum")]
    [InlineData("CrossEntropyWeightedBatchMean")]
    [InlineData("MSE")]
    [InlineData("MSESum")]
    [InlineData("HuberSum")]
    public void The_parts_of_a_batch_are_the_batch_whatever_rows_and_classes_weigh(string name)
    {
        Loss loss = FusedCases.Losses[name];
        (Dataset data, int outputs) = FusedCases.Data(loss, name);
        TrainingRequest request = TrainingRequest.New(FusedCases.Network(new TanhLayer(), outputs), Weighted(data));
        foreach (EngineChoice engine in Engines)
        {
            var options = new TrainingOptions { Loss = loss, Optimizer = new SgdOptimizer { Momentum = 0.9 }, LearningRate = loss.IsSum ? 1e-3 : 0.02, Epochs = 6, BatchSize = 13, Seed = 2 };
            TrainingResult whole = Train(request, options, engine), parts = Train(request, options with { Rules = new UpdateRules { BatchParts = 4 } }, engine);
            AssertSame(whole, parts, 2e-6f); // sums in another order
            Assert.Equal(whole.FinalTrainingLoss!.Value, parts.FinalTrainingLoss!.Value, 2e-6);
        }
    }

    [Fact]
    public void Parts_of_several_outputs_and_of_autoencoders_are_the_batch_too()
    {
        Dataset two = Weighted(Objectives.MultiTaskTests.TwoTargets(40));
        var options = new TrainingOptions { Optimizer = new SgdOptimizer(), LearningRate = 0.01, Epochs = 4, BatchSize = 13, Seed = 2, Engine = EngineChoice.Torch };
        var rules = new UpdateRules { BatchParts = 3 };
        TrainingOptions several = options with { Losses = new Dictionary<string, Loss> { ["kind"] = new CrossEntropyLoss { ClassWeights = [1, 4, 0.5] }, ["age"] = new MeanSquaredErrorLoss { Reduction = LossReduction.Sum } },
            LossWeights = new Dictionary<string, double> { ["age"] = 0.01 } };
        TrainingRequest request = TrainingRequest.New(Objectives.MultiTaskTests.TwoHeads(), two);
        TrainingResult whole = Trainer.Train(request, several), parts = Trainer.Train(request, several with { Rules = rules });
        AssertSame(whole, parts, 1e-5f);
        EpochResult last = whole.History[^1];
        Assert.Equal(last.Measures["TrainingLoss_kind"] + 0.01 * last.Measures["TrainingLoss_age"], last.TrainingLoss, 0.02 * last.TrainingLoss); // each output's own weights
        TrainingRequest same = TrainingRequest.New(TrainingData.Mlp(2, 2, 3), Weighted(TrainingData.Clouds(40, 2)));
        TrainingOptions again = options with { Objective = new AutoencoderObjective() };
        AssertSame(Trainer.Train(same, again), Trainer.Train(same, again with { Rules = rules }), 2e-6f);
    }

    [Fact]
    public void A_loss_below_0_has_a_learning_rate_too()
    {
        // Near the targets, PSNR is far below 0, and so is four times it.
        float[][] x = [.. Enumerable.Range(0, 40).Select(i => new[] { i / 40f, i % 7 / 7f })];
        TrainingRequest request = TrainingRequest.New(TrainingData.Mlp(2, 2), TrainingData.Numbers("n", x, [.. x.Select(r => new[] { r[0] * 0.01f, r[1] * 0.01f })]));
        RateSearchResult found = RateSearch.Run(request, new TrainingOptions { Loss = new PsnrLoss { DataRange = 100 } });
        Assert.All(found.Points.Take(20), p => Assert.True(p.Loss < 0));
        Assert.True(found.Points.Length > 20);
    }

    private static Dataset Weighted(Dataset data) => data.WithSampleWeight(new FloatColumn("w", new Shape(), [.. Enumerable.Range(0, data.Count).Select(i => i % 5 == 0 ? 0f : 0.25f + i % 4)]));

    private static TrainingResult Train(TrainingRequest request, TrainingOptions options, EngineChoice engine)
    {
        TrainingResult result = Trainer.Train(request, options with { Engine = engine });
        Assert.Equal(engine.ToString(), result.Engine);
        return result;
    }

    private static void AssertSame(TrainingResult a, TrainingResult b, float tolerance)
    {
        foreach (WeightTensor tensor in a.Model.Weights.Tensors)
            for (int i = 0; i < tensor.Values.Length; i++) Assert.Equal(tensor.Values[i], b.Model.Weights[tensor.Name].Values[i], tolerance);
    }
}
