using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training;

/// <summary>Clipping, batches in parts, factors of the learning rate and averaged weights, each against what its definition says.</summary>
public sealed class UpdateRuleTests : IDisposable
{
    private static readonly NetworkDefinition Network = TrainingData.Mlp(2, 3, 6);
    private static readonly Dataset Data = TrainingData.Clouds(60, 3);

    private readonly string folder = Directory.CreateTempSubdirectory("dlx-rules-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_norm_of_the_gradients_is_reported_and_clipped()
    {
        // One SGD step with rate 1 and all rows: the weights move by the gradient.
        float[] start = Flat(WeightSet.Initialise(Network, 0));
        TrainingResult free = One(new UpdateRules { ReportNorms = true });
        double norm = Norm(free, start);
        Assert.Equal(norm, free.History[0].GradientNorm!.Value, 1e-5);
        Assert.Equal(Math.Sqrt(Flat(free.Model.Weights).Sum(v => (double)v * v)), free.History[0].WeightNorm!.Value, 1e-9);

        TrainingResult clipped = One(new UpdateRules { ClipNorm = norm / 4, ReportNorms = true });
        Assert.Equal(norm / 4, Norm(clipped, start), 1e-5); // PyTorch's 1e-6 in the quotient, and rounding
        Assert.Equal(norm, clipped.History[0].GradientNorm!.Value, 1e-5);
        Assert.Equal(Flat(free.Model.Weights), Flat(One(new UpdateRules { ClipNorm = norm * 2 }).Model.Weights));
    }

    [Fact]
    public void Each_gradient_is_clipped()
    {
        float[] start = Flat(WeightSet.Initialise(Network, 0)), free = Flat(One(new UpdateRules()).Model.Weights), clipped = Flat(One(new UpdateRules { ClipValue = 0.05 }).Model.Weights);
        for (int i = 0; i < start.Length; i++) Assert.Equal(Math.Clamp(free[i] - start[i], -0.05, 0.05), clipped[i] - start[i], 1e-6);
        Assert.Contains(free.Zip(start), p => Math.Abs(p.First - p.Second) > 0.06);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void A_batch_in_parts_gives_the_same_step(int parts)
    {
        TrainingOptions options = new() { Engine = EngineChoice.Torch, Epochs = 3, BatchSize = 22, LearningRate = 0.1, Optimizer = new SgdOptimizer { Momentum = 0.9 } };
        TrainingResult whole = Trainer.Train(TrainingRequest.New(Network, Data), options);
        TrainingResult split = Trainer.Train(TrainingRequest.New(Network, Data), options with { Rules = new UpdateRules { BatchParts = parts } });
        Assert.Equal(whole.StepsCompleted, split.StepsCompleted);
        float[] a = Flat(whole.Model.Weights), b = Flat(split.Model.Weights);
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], 1e-5); // sums in another order
        Assert.Equal(whole.FinalTrainingLoss!.Value, split.FinalTrainingLoss!.Value, 1e-5);
        Assert.Equal(whole.TrainingAccuracy, split.TrainingAccuracy);
    }

    [Fact]
    public void Factors_scale_the_step_of_the_parameters_that_they_name()
    {
        float[] start = Flat(WeightSet.Initialise(Network, 0)), free = Flat(One(new UpdateRules()).Model.Weights);
        TrainingResult run = One(new UpdateRules { LearningRateFactors = new Dictionary<string, double> { ["linear_1"] = 0, ["linear_2"] = 0.5, ["*.bias"] = 3 } });
        int at = 0;
        foreach (WeightTensor tensor in run.Model.Weights.Tensors)
        {
            double factor = tensor.Name switch { "linear_1.weight" or "linear_1.bias" => 0, "linear_2.weight" => 0.5, _ => 1.5 };
            foreach (float value in tensor.Values)
            {
                Assert.Equal(start[at] + factor * (free[at] - start[at]), value, 1e-6);
                if (factor == 0) Assert.Equal(start[at], value);
                at++;
            }
        }
    }

    [Fact]
    public void The_average_follows_the_weights_and_is_what_is_measured_and_returned()
    {
        TrainingOptions options = new() { Engine = EngineChoice.Torch, BatchSize = 0, LearningRate = 0.5, Optimizer = new SgdOptimizer() };
        Dataset validated = TrainingData.Cut(Data, 40);
        float[] average = Flat(WeightSet.Initialise(Network, 0));
        for (int epochs = 1; epochs <= 4; epochs++)
        {
            float[] w = Flat(Trainer.Train(TrainingRequest.New(Network, validated), options with { Epochs = epochs }).Model.Weights);
            for (int i = 0; i < w.Length; i++) average[i] = 0.8f * average[i] + 0.2f * w[i];
        }
        TrainingResult run = Trainer.Train(TrainingRequest.New(Network, validated), options with { Epochs = 4, Rules = new UpdateRules { WeightAverage = 0.8 } });
        float[] given = Flat(run.Model.Weights);
        for (int i = 0; i < given.Length; i++) Assert.Equal(average[i], given[i], 1e-6);
        TrainingResult again = Trainer.Train(TrainingRequest.Continue(run.Model, validated), options with { Epochs = 1, LearningRate = 0 });
        Assert.Equal(again.FinalValidationLoss, run.FinalValidationLoss);
        Assert.Equal(Flat(Trainer.Train(TrainingRequest.New(Network, validated), options with { Epochs = 2 }).Model.Weights),
            Flat(Trainer.Train(TrainingRequest.New(Network, validated), options with { Epochs = 2, Rules = new UpdateRules { WeightAverage = 0 } }).Model.Weights));
    }

    [Fact]
    public void A_training_with_all_of_them_goes_on_to_the_same_bits()
    {
        TrainingOptions options = new()
        {
            Epochs = 5, BatchSize = 16, LearningRate = 0.02, CheckpointEvery = CheckpointInterval.OfSteps(1),
            Rules = new UpdateRules
            {
                Regularisers = [new L1Regulariser { Lambda = 1e-3, Proximal = true }, new ActivationRegulariser { Lambda = 1e-3 }, new TikhonovRegulariser { Lambda = 1e-3, Matrix = [[.. Enumerable.Range(0, 12).Select(i => i * 0.1)]], Layer = ["linear_1"] }],
                ClipNorm = 1, ClipValue = 0.5, BatchParts = 3, WeightAverage = 0.9, ReportNorms = true, ReportLayers = true,
                LearningRateFactors = new Dictionary<string, double> { ["*.bias"] = 2 },
            },
        };
        TrainingResult whole = Trainer.Train(TrainingRequest.New(Network, Data), options);
        Trainer.Train(TrainingRequest.New(Network, Data), options with { Checkpoint = folder, MaxSteps = 6 });
        TrainingResult rest = Trainer.Resume(folder, Data, change: o => o with { MaxSteps = null });
        Assert.Equal(Flat(whole.Model.Weights), Flat(rest.Model.Weights));
        Assert.Equal(whole.History.Select(e => (e.TrainingLoss, e.Penalty, e.GradientNorm, e.WeightNorm)), rest.History.Select(e => (e.TrainingLoss, e.Penalty, e.GradientNorm, e.WeightNorm)));
        Assert.Equal(20, rest.StepsCompleted);
    }

    [Fact]
    public void Bad_rules_are_refused()
    {
        string Refusal(UpdateRules rules) => Assert.Throws<ExperimentException>(() => rules.Validate(Network)).ErrorId;
        Assert.Equal("InvalidClipping", Refusal(new UpdateRules { ClipNorm = 0 }));
        Assert.Equal("InvalidClipping", Refusal(new UpdateRules { ClipValue = double.NaN }));
        Assert.Equal("InvalidBatchParts", Refusal(new UpdateRules { BatchParts = 0 }));
        Assert.Equal("InvalidWeightAverage", Refusal(new UpdateRules { WeightAverage = 1 }));
        Assert.Equal("InvalidLearningRateFactor", Refusal(new UpdateRules { LearningRateFactors = new Dictionary<string, double> { ["linear_1"] = -1 } }));
        Assert.Equal("UnknownWeight", Refusal(new UpdateRules { LearningRateFactors = new Dictionary<string, double> { ["conv*"] = 1 } }));
    }

    private static TrainingResult One(UpdateRules rules) => Trainer.Train(TrainingRequest.New(Network, Data),
        new TrainingOptions { Engine = EngineChoice.Torch, Epochs = 1, BatchSize = 0, LearningRate = 1, Optimizer = new SgdOptimizer(), Rules = rules });

    private static double Norm(TrainingResult run, float[] start) => Math.Sqrt(Flat(run.Model.Weights).Zip(start, (a, b) => (double)(a - b) * (a - b)).Sum());

    private static float[] Flat(WeightSet weights) => [.. weights.Tensors.SelectMany(t => t.Values)];
}
