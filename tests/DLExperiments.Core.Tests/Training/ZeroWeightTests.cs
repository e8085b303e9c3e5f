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
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training;

/// <summary>Batches, and parts of them, in which no row has weight: nothing divided by nothing must not reach the weights, in either engine.</summary>
public sealed class ZeroWeightTests : IClassFixture<TorchFixture>
{
    private const int Rows = 24, Batch = 8;

    private static readonly NetworkDefinition Network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 9 })
        .Add(new BatchNorm1dLayer()).Add(new TanhLayer()).Add(new LinearLayer { OutFeatures = 3 });

    [Theory]
    [InlineData(EngineChoice.Torch, "CrossEntropy")]
    [InlineData(EngineChoice.Torch, "MSE")]
    [InlineData(EngineChoice.Fused, "CrossEntropy")]
    [InlineData(EngineChoice.Fused, "MSE")]
    public void A_batch_without_weight_is_no_step(EngineChoice choice, string name)
    {
        using IStepEngine engine = Make(choice, LossOf(name), new SgdOptimizer { Momentum = 0.9, WeightDecay = 0.1 }, row => row < Batch ? 1 : 0);
        var totals = new MeasureTotals(engine.Measures);
        engine.BeginEpoch([]);
        Assert.NotEqual(0, engine.Train(0, Batch, 0, 0.1, totals));
        float[] before = Flat(engine);
        double loss = totals.Mean("Loss")!.Value;
        // Neither momentum nor decay nor the running statistics of the normalisation go on.
        Assert.Equal(0, engine.Train(Batch, Batch, 1, 0.1, totals));
        Assert.Equal(before, Flat(engine));
        Assert.Equal(1, engine.ExportOptimizers()[0].Step);
        Assert.Equal(loss, totals.Mean("Loss")!.Value);
    }

    [Theory]
    [InlineData(EngineChoice.Torch, "CrossEntropy")]
    [InlineData(EngineChoice.Torch, "MSE")]
    [InlineData(EngineChoice.Fused, "CrossEntropy")]
    [InlineData(EngineChoice.Fused, "MSE")]
    public void A_part_without_weight_adds_nothing_wherever_it_is(EngineChoice choice, string name)
    {
        NetworkDefinition plain = TrainingData.Mlp(2, 3, 9);
        foreach (int empty in new[] { 0, 1 })
        {
            float Weight(int row) => row / (Batch / 2) == empty ? 0 : 1 + row % 2;
            // The weighted mean of a batch is that of the rows that count, wherever the parts are cut.
            using IStepEngine parts = Make(choice, LossOf(name), new SgdOptimizer(), Weight, plain, new UpdateRules { BatchParts = 2 });
            using IStepEngine half = Make(choice, LossOf(name), new SgdOptimizer(), Weight, plain);
            parts.BeginEpoch([]);
            half.BeginEpoch([]);
            double loss = parts.Train(0, Batch, 0, 0.4, new MeasureTotals(parts.Measures)), wanted = half.Train((1 - empty) * Batch / 2, Batch / 2, 0, 0.4, new MeasureTotals(half.Measures));
            Assert.Equal(wanted, loss, 1e-6);
            foreach ((float a, float b) in Flat(half).Zip(Flat(parts))) Assert.Equal(a, b, 1e-6f); // one rounding of the learning rate's product
        }
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Classes_without_weight_in_the_loss_have_no_gradient(EngineChoice choice)
    {
        // Rows 0, 3, 6, ... are of class 0.
        using IStepEngine engine = Make(choice, new CrossEntropyLoss { ClassWeights = [0, 1, 1] }, new SgdOptimizer(), null, TrainingData.Mlp(2, 3, 9));
        var totals = new MeasureTotals(engine.Measures);
        int[] order = [.. Enumerable.Range(0, Rows).OrderBy(r => r % 3)];
        engine.BeginEpoch(order);
        float[] before = Flat(engine);
        Assert.Equal(0, engine.Train(0, Batch, 0, 0.1, totals));
        Assert.Equal(before, Flat(engine));
        Assert.Null(totals.Mean("Loss"));
        Assert.NotEqual(0, engine.Train(Batch, Batch, 1, 0.1, totals));
        Assert.NotEqual(before, Flat(engine));
        Assert.All(Flat(engine), w => Assert.True(float.IsFinite(w)));
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Label_smoothing_has_no_gradient_either_where_no_class_has_weight(EngineChoice choice)
    {
        // What smoothing spreads over the other classes has weight, but there is nothing to divide it by.
        using IStepEngine engine = Make(choice, new CrossEntropyLoss { ClassWeights = [0, 1, 1], LabelSmoothing = 0.2 }, new SgdOptimizer(), null, TrainingData.Mlp(2, 3, 9));
        MeasureTotals totals = new(engine.Measures), whole = new(engine.Measures);
        engine.BeginEpoch([.. Enumerable.Range(0, Rows).OrderBy(r => r % 3)]);
        float[] before = Flat(engine);
        engine.Train(0, Batch, 0, 0.1, totals);
        Assert.Equal(before, Flat(engine));
        // An epoch in batches measures what all rows together give: Σ losses / Σ weights.
        for (int batch = 1; batch < Rows / Batch; batch++) engine.Train(batch * Batch, Batch, batch, 0, totals);
        engine.Evaluate(Piece(new CrossEntropyLoss { ClassWeights = [0, 1, 1], LabelSmoothing = 0.2 }, TrainingData.Mlp(2, 3, 9), null), whole);
        Assert.Equal(2 * Batch, totals.Export().Weights[0], 1e-6);
        Assert.Equal(whole.Mean("Loss")!.Value, totals.Mean("Loss")!.Value, 1e-6); // 32-bit sums
    }

    [Theory]
    [InlineData(EngineChoice.Torch, 0)]
    [InlineData(EngineChoice.Torch, 1)]
    [InlineData(EngineChoice.Fused, 0)]
    [InlineData(EngineChoice.Fused, 1)]
    public void What_label_smoothing_leaves_of_a_part_without_weight_counts_in_the_batch(EngineChoice choice, int empty)
    {
        var loss = new CrossEntropyLoss { ClassWeights = [0, 1, 1], LabelSmoothing = 0.4 };
        NetworkDefinition network = TrainingData.Mlp(2, 3, 9);
        // Rows 0, 3, 6 and 9 are of the class that has no weight; they are one half of the batch.
        int[] without = [0, 3, 6, 9], with = [1, 2, 4, 5], batch = empty == 0 ? [.. without, .. with] : [.. with, .. without];
        int[] order = [.. batch, .. Enumerable.Range(0, Rows).Except(batch)];
        using IStepEngine whole = Make(choice, loss, new SgdOptimizer(), null, network), parts = Make(choice, loss, new SgdOptimizer(), null, network, new UpdateRules { BatchParts = 2 }),
            half = Make(choice, loss, new SgdOptimizer(), null, network);
        foreach (IStepEngine engine in new[] { whole, parts }) engine.BeginEpoch(order);
        half.BeginEpoch([.. with, .. without, .. Enumerable.Range(0, Rows).Except(batch)]);
        MeasureTotals wanted = new(whole.Measures), found = new(parts.Measures);
        Assert.Equal(whole.Train(0, Batch, 0, 0.4, wanted), parts.Train(0, Batch, 0, 0.4, found), 1e-6);
        Assert.Equal(wanted.Mean("Loss")!.Value, found.Mean("Loss")!.Value, 1e-6);
        foreach ((float a, float b) in Flat(whole).Zip(Flat(parts))) Assert.Equal(a, b, 1e-6f); // sums in another order
        // Without that half it would be another step.
        half.Train(0, Batch / 2, 0, 0.4, new MeasureTotals(half.Measures));
        Assert.Contains(Flat(whole).Zip(Flat(half)), p => Math.Abs(p.First - p.Second) > 1e-3);
    }

    [Fact]
    public void Trainings_with_few_rows_that_count_agree_in_both_engines()
    {
        Dataset data = TrainingData.Clouds(Rows, 3);
        data = data.WithSampleWeight(new FloatColumn("w", new Shape(), [.. Enumerable.Range(0, Rows).Select(i => i % 6 == 0 ? 1f : 0f)]));
        foreach (int parts in new[] { 1, 3 })
        {
            var options = new TrainingOptions { Epochs = 30, BatchSize = 3, Seed = 5, Rules = new UpdateRules { BatchParts = parts }, Engine = EngineChoice.Torch };
            TrainingRequest request = TrainingRequest.New(TrainingData.Mlp(2, 3, 9), data);
            TrainingResult torch = Trainer.Train(request, options), fused = Trainer.Train(request, options with { Engine = EngineChoice.Fused });
            Assert.True(double.IsFinite(torch.FinalTrainingLoss!.Value));
            Assert.Equal(torch.FinalTrainingLoss.Value, fused.FinalTrainingLoss!.Value, 2e-4); // as in the matrix of layers, losses and optimizers
            foreach ((WeightTensor a, WeightTensor b) in torch.Model.Weights.Tensors.Zip(fused.Model.Weights.Tensors))
                for (int i = 0; i < a.Values.Length; i++) Assert.Equal(a.Values[i], b.Values[i], 2e-4f);
        }
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Nothing_that_counts_at_all_is_an_error(EngineChoice choice)
    {
        TrainingRequest request = TrainingRequest.New(TrainingData.Mlp(2, 3, 9), TrainingData.Clouds(Rows, 3));
        ExperimentException Refusal(TrainingOptions options) => Assert.Throws<ExperimentException>(() => Trainer.Train(request, options with { Engine = choice, Epochs = 1 }));
        Assert.Equal("InvalidClassWeight", Refusal(new TrainingOptions { ClassWeights = new Dictionary<string, double> { ["A"] = 0, ["B"] = 0, ["C"] = 0 } }).ErrorId);
        ExperimentException error = Refusal(new TrainingOptions { Loss = new CrossEntropyLoss { ClassWeights = [0, 0, 0] } });
        Assert.Equal("NothingCounts", error.ErrorId);
        Assert.Contains("training data", error.Message, StringComparison.Ordinal);
    }

    private static Loss LossOf(string name) => name == "MSE" ? new MeanSquaredErrorLoss() : new CrossEntropyLoss();

    private static IStepEngine Make(EngineChoice choice, Loss loss, Optimizer optimizer, Func<int, float>? weight, NetworkDefinition? network = null, UpdateRules? rules = null)
    {
        network ??= Network;
        var settings = new EngineSettings(network, WeightSet.Initialise(network, 4), new SupervisedObjective { Loss = loss }, optimizer, Piece(loss, network, weight), Batch, 9, "cpu", 1)
        {
            Rules = rules ?? UpdateRules.None,
        };
        return choice == EngineChoice.Torch ? new TorchStepEngine(settings) : new FusedStepEngine(settings);
    }

    private static PreparedPiece Piece(Loss loss, NetworkDefinition network, Func<int, float>? weight)
    {
        Dataset data = loss is CrossEntropyLoss ? TrainingData.Clouds(Rows, 3)
            : TrainingData.Numbers("n", [.. Enumerable.Range(0, Rows).Select(i => new[] { MathF.Sin(i), MathF.Cos(3 * i) })], [.. Enumerable.Range(0, Rows).Select(i => new[] { i / 9f, 1f, -i / 20f })]);
        return PreparedPiece.Create(data, Preprocessing.None, network, loss, data.ClassNames, weight is null ? null : [.. Enumerable.Range(0, Rows).Select(weight)]);
    }

    private static float[] Flat(IStepEngine engine) => [.. engine.ExportWeights().Tensors.SelectMany(t => t.Values)];
}
