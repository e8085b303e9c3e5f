using DLExperiments.Data;
using DLExperiments.Data.Augmentations;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using TorchSharp;
using Table = System.Collections.Generic.IReadOnlyDictionary<string, TorchSharp.torch.Tensor>;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Custom objectives give the same as the built-in losses that they spell out; autoencoders learn their input.</summary>
public sealed class CustomTests : IClassFixture<TorchFixture>
{
    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 5, LearningRate = 0.05, Optimizer = new SgdOptimizer { Momentum = 0.9 }, Engine = EngineChoice.Torch };

    /// <summary>The two heads' losses by hand.</summary>
    internal static CustomObjective ByHand() => new()
    {
        Script = new LossFunction("by hand", (outputs, targets, _) => new Dictionary<string, torch.Tensor>
        {
            ["kind"] = torch.nn.functional.cross_entropy(outputs["kind"], targets["kind"]),
            ["age"] = (outputs["age"].squeeze(1) - targets["age"]).square().mean(),
        }),
    };

    [Fact]
    public void Named_losses_are_those_of_multi_task()
    {
        Dataset data = TrainingData.Cut(MultiTaskTests.TwoTargets(40), 30);
        var weights = new Dictionary<string, double> { ["age"] = 0.1 };
        TrainingResult own = Trainer.Train(TrainingRequest.New(MultiTaskTests.TwoHeads(), data), Options with { Objective = ByHand(), LossWeights = weights });
        TrainingResult known = Trainer.Train(TrainingRequest.New(MultiTaskTests.TwoHeads(), data), Options with { LossWeights = weights });
        foreach (WeightTensor tensor in known.Model.Weights.Tensors)
            for (int i = 0; i < tensor.Values.Length; i++) Assert.Equal(tensor.Values[i], own.Model.Weights[tensor.Name].Values[i], 1e-5);
        foreach (string column in new[] { "TrainingLoss_age", "TrainingLoss_kind", "ValidationLoss_age", "ValidationLoss_kind" })
            Assert.Equal(known.History[^1].Measures[column], own.History[^1].Measures[column], 1e-5);
        Assert.Equal(known.FinalTrainingLoss!.Value, own.FinalTrainingLoss!.Value, 1e-5);
        Assert.Equal(own.FinalValidationLoss!.Value, Measurer.Measure(own.Model, data.Validation!).Loss, 1e-6);
        Assert.Equal("Custom", own.Loss);
    }

    [Fact]
    public void Errors_come_before_the_training()
    {
        Assert.Contains("[2,1]", Refusal((o, _, _) => One(o["age"].square())).Message);
        Assert.Contains("does not depend", Refusal((_, t, _) => One(t["age"].mean())).Message);
        Assert.Contains("no loss", Refusal((_, _, _) => new Dictionary<string, torch.Tensor>()).Message);
        int calls = 0;
        Assert.Contains("always give the same", Refusal((o, _, _) => new Dictionary<string, torch.Tensor> { [$"loss{Math.Min(calls++, 1)}"] = o["age"].mean() }).Message);
        Assert.Equal("InvalidLoss", Refusal((o, _, _) => One(o["age"].mean()), p => p with { Loss = new MeanSquaredErrorLoss() }).ErrorId);
        Assert.Equal("UnknownOutput", Refusal((o, _, _) => One(o["age"].mean()), p => p with { LossWeights = new Dictionary<string, double> { ["x"] = 1 } }).ErrorId);
        Assert.Equal("WeightsNotUsed", Refusal((o, _, _) => One(o["age"].mean()), p => p with { BalanceClasses = true }).ErrorId);
        Assert.Equal("ScriptNotAllowed", Assert.Throws<ExperimentException>(() => Trainer.Train(Request(), Options with { Objective = new CustomObjective { Script = LossFunction.Parse("text") } })).ErrorId);
    }

    [Fact]
    public void An_autoencoder_is_trained_on_its_own_scaled_input()
    {
        Dataset data = TrainingData.Clouds(60, 3).WithTransform(new DLExperiments.Data.Transforms.Standardize());
        // Two numbers through two linear units: nothing has to be lost, and the error of the input as it is (not scaled) would stay large.
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 2 }).Add(new LinearLayer { OutFeatures = 2 }, "again");
        TrainingOptions options = new() { Epochs = 400, BatchSize = 0, LearningRate = 0.02, Objective = new AutoencoderObjective() };
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), options);
        Assert.InRange(run.FinalTrainingLoss!.Value, 0, 1e-4);
        Assert.InRange(Measurer.Measure(run.Model, data).Loss, 0, 1e-4);
        Assert.IsType<ValuePrediction>(new Predictor(run.Model).Predict(data).First());
        // With noise on the input the target stays clean: at the start the loss is that of clean targets.
        TrainingResult noisy = Trainer.Train(TrainingRequest.New(network, data.WithAugmentation(new GaussianNoise { Deviation = 100 })), options with { Epochs = 1, LearningRate = 0, BatchSize = 60 });
        Assert.True(noisy.FinalTrainingLoss > 50, "the noise reaches the network");
        TrainingResult zero = Trainer.Train(TrainingRequest.Continue(new DLExperiments.Models.Model(network, Zeros(network)), data.WithAugmentation(new GaussianNoise { Deviation = 100 })), options with { Epochs = 1, LearningRate = 0 });
        Assert.Equal(1, zero.FinalTrainingLoss!.Value, 1e-4); // a constant 0 misses standardised targets by their variance, 1
        Assert.Equal("LossOutputMismatch", Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data), options)).ErrorId);
    }

    [Fact]
    public void The_script_is_called_once_before_the_training_and_finds_its_random_numbers_as_they_were()
    {
        Dataset data = MultiTaskTests.TwoTargets(40);
        (int Rows, float Drawn)[] Calls(Func<torch.Tensor, torch.Tensor> distance)
        {
            var calls = new List<(int, float)>();
            var script = new LossFunction("script", (outputs, targets, _) =>
            {
                calls.Add(((int)outputs["age"].shape[0], torch.rand(1).item<float>()));
                return One(distance(outputs["age"].squeeze(1) - targets["age"]).mean() + torch.nn.functional.cross_entropy(outputs["kind"], targets["kind"]));
            });
            torch.manual_seed(11);
            Trainer.Train(TrainingRequest.New(MultiTaskTests.TwoHeads(), data), Options with { LearningRate = 1e-4, Objective = new CustomObjective { Script = script } });
            return [.. calls];
        }

        foreach (Func<torch.Tensor, torch.Tensor> distance in new Func<torch.Tensor, torch.Tensor>[] { d => d.square(), d => d.abs() })
        {
            (int Rows, float Drawn)[] calls = Calls(distance);
            Assert.Equal([2, .. Enumerable.Repeat(5, 3 * 8)], calls.Select(c => c.Rows));
            Assert.Equal(Drawn(24), calls.Skip(1).Select(c => c.Drawn));
        }
        // A distance that has a slope where there is none to go needs one more look: at another target in the other row.
        Assert.Equal(2 + (3 * 8), Calls(d => torch.nn.functional.softplus(d)).Length);

        float[] Drawn(int count)
        {
            torch.manual_seed(11);
            return [.. Enumerable.Range(0, count).Select(_ => torch.rand(1).item<float>())];
        }
    }

    private static WeightSet Zeros(NetworkDefinition network) =>
        new(WeightSet.Initialise(network, 0).Tensors.Select(t => new WeightTensor(t.Name, t.Shape, new float[t.Values.Length])));

    private static TrainingRequest Request() => TrainingRequest.New(MultiTaskTests.TwoHeads(), MultiTaskTests.TwoTargets());

    private static Dictionary<string, torch.Tensor> One(torch.Tensor loss) => new() { ["Loss"] = loss };

    private static ExperimentException Refusal(Func<Table, Table, Table, Table> script, Func<TrainingOptions, TrainingOptions>? change = null)
    {
        TrainingOptions options = Options with { Objective = new CustomObjective { Script = new LossFunction("script", script) } };
        ExperimentException refused = Assert.Throws<ExperimentException>(() => Trainer.Train(Request(), change?.Invoke(options) ?? options));
        if (change is null) Assert.Equal("ObjectiveFailed", refused.ErrorId);
        return refused;
    }
}
