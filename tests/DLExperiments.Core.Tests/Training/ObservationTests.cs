using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training;

/// <summary>What a training tells of its layers, where numbers stop being finite, and the models that it leaves on its way.</summary>
public sealed class ObservationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-observe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Norms_of_layers_are_those_of_their_gradients_and_weights()
    {
        // One row (1, 2), weights (3, 4), target 0: output 11, loss 121, gradient of the weights 2·11·(1, 2), of the bias 22.
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 1 });
        Model model = With(network, ("linear_1.weight", [3, 4]), ("linear_1.bias", [0]));
        TrainingResult run = Trainer.Train(TrainingRequest.Continue(model, TrainingData.Numbers("one", [[1, 2]], [[0]])),
            new TrainingOptions { Epochs = 1, LearningRate = 0, Rules = new UpdateRules { ReportLayers = true } });
        LayerResult layer = Assert.Single(run.History[0].Layers!);
        Assert.Equal("linear_1", layer.Layer);
        Assert.Equal(22 * Math.Sqrt(6), layer.GradientNorm!.Value, 1e-4);
        Assert.Equal(5, layer.WeightNorm!.Value, 1e-6);
        Assert.Null(layer.DeadUnits);
    }

    [Fact]
    public void Deep_sigmoids_show_vanishing_gradients()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2));
        for (int i = 0; i < 6; i++) network = network.Add(new LinearLayer { OutFeatures = 8 }).Add(new SigmoidLayer());
        network = network.Add(new LinearLayer { OutFeatures = 3 });
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, TrainingData.Clouds(60, 3)), new TrainingOptions { Epochs = 1, Rules = new UpdateRules { ReportLayers = true } });
        double[] norms = [.. run.History[0].Layers!.Select(l => l.GradientNorm!.Value)];
        Assert.Equal(7, norms.Length);
        // Each sigmoid multiplies by at most a quarter.
        for (int i = 0; i + 1 < norms.Length; i++) Assert.True(norms[i] < norms[i + 1], $"layer {i + 1}: {norms[i]}, then {norms[i + 1]}");
        Assert.True(norms[0] < 1e-3 * norms[^1]);
    }

    [Fact]
    public void Units_that_never_fire_are_counted_by_channel()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 2, 2)).Add(new Conv2dLayer { OutChannels = 4, KernelSize = [1] }).Add(new ReLULayer())
            .Add(new MaxPool2dLayer { KernelSize = [2] }).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 2 }).Add(new ReLU6Layer()).Add(new LinearLayer { OutFeatures = 1 });
        Model model = With(network, ("conv2d_1.weight", [1, -1, 1, 1]), ("conv2d_1.bias", [0, 0, -5, -1.5f]), ("linear_1.weight", [1, 0, 0, 0, -1, 0, 0, 0]), ("linear_1.bias", [0, 0]));
        // Pixels from 0 to 2: channel 1 fires, channel 2 never (−x), channel 3 never (x − 5), channel 4 once (x − 1.5); of the two units after, −x never fires.
        Dataset data = Dataset.Create("pixels", [new FloatColumn("image", new Shape(1, 2, 2), [0, 1, 0, 1, 0, 0, 2, 1])], [new FloatColumn("y", new Shape(), [0, 0])]);
        TrainingResult run = Trainer.Train(TrainingRequest.Continue(model, data), new TrainingOptions { Epochs = 1, LearningRate = 0, Rules = new UpdateRules { ReportDeadUnits = true } });
        Assert.Equal(3 / 6.0, run.History[0].DeadUnits);
        Assert.Equal([("relu_1", 0.5), ("relu6_1", 0.5)], run.History[0].Layers!.Select(l => (l.Layer, l.DeadUnits!.Value)));
        Assert.Contains("ReportDeadUnit", Assert.Throws<ExperimentException>(() => EpochMetric.Find("DeadUnits").Require(ScheduleFactTests.Epoch(1, 1))).Message);
    }

    [Fact]
    public void What_is_reported_is_the_same_after_going_on()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 6 }).Add(new ReLULayer()).Add(new DropoutLayer { P = 0.3 }).Add(new LinearLayer { OutFeatures = 3 });
        Dataset data = TrainingData.Cut(TrainingData.Clouds(60, 3), 40);
        var options = new TrainingOptions { Epochs = 4, BatchSize = 8, CheckpointEvery = CheckpointInterval.OfSteps(1), Rules = new UpdateRules { ReportLayers = true, ReportDeadUnits = true } };
        TrainingResult whole = Trainer.Train(TrainingRequest.New(network, data), options);
        Trainer.Train(TrainingRequest.New(network, data), options with { Checkpoint = folder, MaxSteps = 13 });
        TrainingResult rest = Trainer.Resume(folder, data, change: o => o with { MaxSteps = null });
        Assert.Equal(whole.History.SelectMany(e => e.Layers!), rest.History.SelectMany(e => e.Layers!));
        Assert.Equal(whole.History.Select(e => e.DeadUnits), rest.History.Select(e => e.DeadUnits));
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void The_error_of_a_loss_that_is_not_finite_names_the_first_such_layer(EngineChoice engine)
    {
        NetworkDefinition network = TrainingData.Mlp(1, 1).Add(new LinearLayer { OutFeatures = 1 }).Add(new LinearLayer { OutFeatures = 1 });
        string Fail(float first, float second, float row) => Assert.Throws<NonFiniteLossException>(() => Trainer.Train(
            TrainingRequest.Continue(With(network, ("linear_1.weight", [first]), ("linear_2.weight", [second]), ("linear_3.weight", [1])),
                TrainingData.Numbers("rows", [[1], [row]], [[0], [0]])), new TrainingOptions { Epochs = 1, Engine = engine, BatchSize = 0 })).Message;
        Assert.Contains("come out of the layer 'linear_2' (Linear)", Fail(1e20f, 1e20f, 0));
        Assert.Contains("come out of the layer 'linear_1'", Fail(1e20f, 1, 1e20f));
        Assert.Contains("the weights 'linear_1.weight'", Fail(float.NaN, 1, 0));
        Assert.Contains("it is the loss that is not", Fail(1e20f, 1, 0)); // its square
    }

    [Fact]
    public void Models_are_kept_of_the_best_the_last_and_some_epochs_and_a_training_that_goes_on_keeps_the_same()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(60, 3), 40);
        NetworkDefinition network = TrainingData.Mlp(2, 3, 4);
        // A rate that is too great lets the loss jump, so that the best epoch is not the last.
        TrainingOptions Options(string name) => new()
        {
            Epochs = 9, BatchSize = 8, LearningRate = 3, Optimizer = new SgdOptimizer(), Engine = EngineChoice.Torch, CheckpointEvery = new CheckpointInterval(1),
            EarlyStopping = new EarlyStopping { Patience = 100, RestoreBest = true },
            ModelFiles = new ModelFiles { Best = At(name, "best"), Last = At(name, "last"), Folder = Path.Combine(folder, name), Every = 4 },
        };
        Directory.CreateDirectory(Path.Combine(folder, "whole"));
        Directory.CreateDirectory(Path.Combine(folder, "parts"));
        TrainingResult whole = Trainer.Train(TrainingRequest.New(network, data), Options("whole"));
        Assert.True(whole.BestEpoch < 9, "the test is meant to have its best epoch before the last");
        Assert.Equal(["epoch-00004.safetensors", "epoch-00008.safetensors"], Directory.GetFiles(Path.Combine(folder, "whole"), "epoch*").Select(Path.GetFileName).Order());
        Assert.Equal(Bits(whole.Model), Bits(ModelFile.Import(At("whole", "best"))));
        Assert.NotEqual(Bits(whole.Model), Bits(ModelFile.Import(At("whole", "last"))));
        Assert.Equal("CrossEntropy", ModelFile.Import(At("whole", "last")).Loss!.Type);

        Trainer.Train(TrainingRequest.New(network, data), Options("parts") with { Checkpoint = Path.Combine(folder, "run"), MaxSteps = 23 });
        Trainer.Resume(Path.Combine(folder, "run"), data, change: o => o with { MaxSteps = null });
        foreach (string name in new[] { "best", "last", "epoch-00004", "epoch-00008" }) Assert.Equal(File.ReadAllBytes(At("whole", name)), File.ReadAllBytes(At("parts", name)));
        Assert.Equal("FileExists", Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, data), Options("parts"))).ErrorId);
    }

    [Fact]
    public void Model_files_that_do_not_go_together_are_refused()
    {
        string Refusal(ModelFiles files) => Assert.Throws<ExperimentException>(() => new TrainingOptions { ModelFiles = files }.Validate()).ErrorId;
        Assert.Equal("InvalidModelFiles", Refusal(new ModelFiles { Every = 0, Folder = folder }));
        Assert.Equal("InvalidModelFiles", Refusal(new ModelFiles { Every = 3 }));
        Assert.Equal("InvalidModelFiles", Refusal(new ModelFiles { Metric = "ValidationLoss" }));
        Assert.Equal("InvalidModelFiles", Refusal(new ModelFiles { Best = "a", Last = "a" }));
        Assert.Equal("UnknownMetric", Refusal(new ModelFiles { Best = "a", Metric = "ValLoss" }));
    }

    private string At(string run, string file) => Path.Combine(folder, run, file + ".safetensors");

    private static float[] Bits(Model model) => [.. model.Weights.Tensors.SelectMany(t => t.Values)];

    private static Model With(NetworkDefinition network, params (string Name, float[] Values)[] weights)
    {
        WeightSet set = WeightSet.Initialise(network, 0);
        foreach ((string name, float[] values) in weights) values.CopyTo(set[name].Values, 0);
        return new Model(network, set);
    }
}
