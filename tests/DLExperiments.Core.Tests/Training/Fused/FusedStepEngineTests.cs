using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>The engine's promises: no allocation, all widths agree, state goes over to Torch and back, clear refusals, no libtorch.</summary>
public class FusedStepEngineTests
{
    private static readonly NetworkDefinition Everything = NetworkDefinition.Create(new Shape(5))
        .Add(new LinearLayer { OutFeatures = 33 }).Add(new BatchNorm1dLayer()).Add(new GELULayer()).Add(new DropoutLayer { P = 0.2 })
        .Add(new LinearLayer { OutFeatures = 20, Bias = false }).Add(new LayerNormLayer()).Add(new SiLULayer()).Add(new LinearLayer { OutFeatures = 3 });

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    [InlineData(32)]
    public void A_thousand_steps_allocate_nothing(int bits)
    {
        using var engine = new FusedStepEngine(Settings(Everything, new AdamOptimizer()), bits);
        var totals = new MeasureTotals(engine.Measures);
        for (int step = 0; step < 10; step++) engine.Train(step % 2 * 16, 16, step, 1e-3, totals);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 10; step < 1010; step++) engine.Train(step % 2 * 16, 16, step, 1e-3, totals);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Every_vector_width_walks_the_same_path()
    {
        EngineSettings settings = Settings(Everything, new AdamOptimizer { Eps = 1e-3 });
        float[][] weights = [.. new[] { 512, 256, 128, 32 }.Select(bits => Walk(new FusedStepEngine(settings, bits), 0, 100))];
        // Rounding alone tells them apart: as in the matrix of engines.
        foreach (float[] other in weights[1..])
            for (int i = 0; i < other.Length; i++) Assert.Equal(weights[0][i], other[i], 2e-4 * Math.Max(1, Math.Abs(weights[0][i])));
    }

    [Theory]
    [InlineData("SGDNesterov")]
    [InlineData("Adam")]
    [InlineData("RMSpropCenteredMomentum")]
    [InlineData("Adadelta")]
    [InlineData("Adagrad")]
    public void Weights_and_optimizer_state_go_over_between_the_engines(string optimizer)
    {
        EngineSettings settings = Settings(Everything, FusedCases.Optimizers[optimizer]);
        float[] straight = Walk(new TorchStepEngine(settings), 0, 40);
        using var first = new FusedStepEngine(settings);
        Walk(first, 0, 20, dispose: false);
        using var second = new TorchStepEngine(settings with { Weights = first.ExportWeights() });
        second.ImportOptimizers(first.ExportOptimizers());
        Walk(second, 20, 30, dispose: false);
        using var third = new FusedStepEngine(settings with { Weights = second.ExportWeights() });
        third.ImportOptimizers(second.ExportOptimizers());
        float[] relayed = Walk(third, 30, 40, dispose: false);
        for (int i = 0; i < relayed.Length; i++) Assert.Equal(straight[i], relayed[i], 1e-4 * Math.Max(1, Math.Abs(straight[i])));
        Assert.Equal(40, third.ExportOptimizers()[0].Step);
    }

    [Fact]
    public void Going_on_from_its_own_snapshot_gives_the_same_bits()
    {
        EngineSettings settings = Settings(Everything, new AdamOptimizer());
        float[] straight = Walk(new FusedStepEngine(settings), 0, 40);
        using var first = new FusedStepEngine(settings);
        Walk(first, 0, 23, dispose: false);
        using var second = new FusedStepEngine(settings with { Weights = first.ExportWeights() });
        second.ImportOptimizers(first.ExportOptimizers());
        Assert.Equal(straight, Walk(second, 23, 40, dispose: false));
    }

    [Fact]
    public void Frozen_layers_stay_and_the_state_leaves_them_out()
    {
        NetworkDefinition network = Everything.WithFrozen(name => name is "linear_1" or "batchnorm1d_1", frozen: true);
        EngineSettings settings = Settings(network, new AdamOptimizer { Eps = 1e-3 });
        using var fused = new FusedStepEngine(settings);
        float[] after = Walk(fused, 0, 50, dispose: false), torch = Walk(new TorchStepEngine(settings), 0, 50);
        for (int i = 0; i < after.Length; i++) Assert.Equal(torch[i], after[i], 2e-4 * Math.Max(1, Math.Abs(torch[i])));
        Assert.Equal(settings.Weights["linear_1.weight"].Values, fused.ExportWeights()["linear_1.weight"].Values);
        Assert.Equal(network.TrainableParameterCount, fused.ExportOptimizers()[0].Values["ExpAvg"].LongLength);
    }

    [Fact]
    public void A_loss_that_is_not_finite_leaves_the_weights_as_they_were()
    {
        (Dataset data, int outputs) = FusedCases.Data(new MeanSquaredErrorLoss(), "MSE");
        NetworkDefinition network = FusedCases.Network(new ReLULayer(), outputs);
        var error = Assert.Throws<NonFiniteLossException>(() => Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions
        {
            Engine = EngineChoice.Fused, Optimizer = new SgdOptimizer(), LearningRate = 1e30, Loss = new MeanSquaredErrorLoss(), Epochs = 50,
        }));
        Assert.Equal("NonFiniteLoss", error.ErrorId);
    }

    [Fact]
    public void Fused_outside_of_its_scope_names_what_is_outside()
    {
        Dataset data = TrainingData.Clouds(20, 3);
        NetworkDefinition mlp = TrainingData.Mlp(2, 3, 4);
        Refused(NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 3 }).Add(new SoftmaxLayer()), new(), "'softmax_1' (Softmax)");
        Refused(mlp.Add(new LinearLayer { OutFeatures = 3 }, from: ["linear_1"]), new(), "not a chain");
        Refused(mlp, new() { Device = "cuda" }, "cuda");
        Refused(NetworkDefinition.Create(new Shape(2)).Add(new BatchNorm1dLayer { TrackRunningStats = false }).Add(new LinearLayer { OutFeatures = 3 }),
            new(), "running statistics");
        Refused(mlp.Add(new LogSoftmaxLayer()), new() { Loss = new NegativeLogLikelihoodLoss() }, "LogSoftmax");

        void Refused(NetworkDefinition network, TrainingOptions options, string named)
        {
            var error = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, data), options with { Engine = EngineChoice.Fused }));
            Assert.Equal("EngineNotApplicable", error.ErrorId);
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Auto_takes_fused_where_it_can_and_says_why_where_it_cannot()
    {
        Dataset data = TrainingData.Clouds(20, 3);
        TrainingResult inside = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3, 4), data), new TrainingOptions { Epochs = 1 });
        Assert.Equal("Fused", inside.Engine);
        TrainingResult outside = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3, 4).Add(new LogSoftmaxLayer()), data),
            new TrainingOptions { Epochs = 1, Loss = new NegativeLogLikelihoodLoss() });
        Assert.Equal("Torch", outside.Engine);
        Assert.Contains("LogSoftmax", outside.EngineReason, StringComparison.Ordinal);
    }

    internal static EngineSettings Settings(NetworkDefinition network, Optimizer optimizer)
    {
        var loss = new CrossEntropyLoss();
        (Dataset data, _) = FusedCases.Data(loss, "CrossEntropy", rows: 32);
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, network, loss, data.ClassNames);
        return new EngineSettings(network, WeightSet.Initialise(network, 4), new SupervisedObjective { Loss = loss }, optimizer, piece, 16, 9, "cpu", 1);
    }

    internal static float[] Walk(IStepEngine engine, int from, int to, bool dispose = true)
    {
        var totals = new MeasureTotals(engine.Measures);
        engine.BeginEpoch([]);
        for (int step = from; step < to; step++) engine.Train(step % 2 * 16, 16, step, 1e-3, totals);
        float[] weights = [.. engine.ExportWeights().Tensors.SelectMany(t => t.Values)];
        if (dispose) engine.Dispose();
        return weights;
    }
}
