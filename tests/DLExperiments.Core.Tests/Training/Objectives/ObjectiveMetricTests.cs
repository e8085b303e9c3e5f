using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Control;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Metrics of epochs where the objective is not supervised: reconstructions, pairs, and outputs of a custom objective.</summary>
public sealed class ObjectiveMetricTests : IClassFixture<TorchFixture>
{
    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 7, LearningRate = 0.05, Optimizer = new SgdOptimizer(), Engine = EngineChoice.Torch };

    [Fact]
    public void An_autoencoder_measures_its_reconstruction()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(40, 2), 30);
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2, 3), data),
            Options with { Objective = new AutoencoderObjective(), Metrics = [new MSEMetric(), new RMSEMetric(), new MAEMetric(), new PSNRMetric()], EarlyStopping = new EarlyStopping { Metric = "ValidationMAE", Patience = 9 } });
        foreach (EpochResult epoch in run.History)
        {
            Assert.Equal(epoch.TrainingLoss, epoch.ColumnValue("TrainingMSE")!.Value, 1e-5);
            Assert.Equal(epoch.ValidationLoss!.Value, epoch.ColumnValue("ValidationMSE")!.Value, 1e-5);
            Assert.Equal(Math.Sqrt(epoch.ColumnValue("ValidationMSE")!.Value), epoch.ColumnValue("ValidationRMSE")!.Value, 1e-9);
        }
        // By hand from the outputs of the trained model.
        float[] rows = new float[20], found = Outputs(run, data.Validation!, rows);
        double psnr = Enumerable.Range(0, 10).Average(r => -10 * Math.Log10((Math.Pow(rows[2 * r] - found[2 * r], 2) + Math.Pow(rows[2 * r + 1] - found[2 * r + 1], 2)) / 2));
        Assert.Equal(psnr, run.History[^1].ColumnValue("ValidationPSNR")!.Value, 1e-4);
        ModelMeasure measure = Measurer.Measure(run.Model, data.Validation!, request: new MetricRequest([new PSNRMetric()]));
        Assert.Equal(psnr, measure.Metrics[0].Value, 1e-4);
    }

    [Fact]
    public void Flat_reconstructions_of_pictures_are_pictures()
    {
        float[] pixels = [.. Enumerable.Range(0, 6 * 144).Select(i => (float)(i * 7 % 13) / 13)];
        Dataset data = Dataset.Create("p", [new FloatColumn("x", new Shape(1, 12, 12), pixels)], []);
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 12, 12)).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 144 });
        EpochResult last = Trainer.Train(TrainingRequest.New(network, data, data), Options with { Objective = new AutoencoderObjective(), Metrics = [new SSIMMetric()], Epochs = 1 }).History[^1];
        Assert.InRange(last.ColumnValue("ValidationSSIM")!.Value, -1, 1);
    }

    [Theory]
    [InlineData(PairLoss.Contrastive)]
    [InlineData(PairLoss.Triplet)]
    public void Pairs_are_ranked_by_their_distance(PairLoss kind)
    {
        // An orthogonal map keeps distances. Near(classes): rows of a class together. Far: rows of a class 10 apart, those of two classes 7.07 apart.
        double Area(float[][] points)
        {
            Dataset data = Dataset.Create("pairs", [new FloatColumn("x", new Shape(2), [.. points.SelectMany(p => p)])], [new ClassColumn("c", [0, 0, 1, 1], ["a", "b"])]);
            NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 2, Bias = false });
            EpochResult last = Trainer.Train(TrainingRequest.New(network, data, data), Options with
            {
                Objective = new SiameseObjective { PairLoss = kind }, Initialiser = new OrthogonalInitialiser(), LearningRate = 1e-30, Epochs = 1, BatchSize = 4, Seed = 3, Metrics = [new RocAucMetric()],
            }).History[^1];
            return last.ColumnValue("ValidationRocAuc")!.Value;
        }

        Assert.Equal(1, Area([[0, 0], [0.1f, 0], [5, 5], [5, 5.1f]]));
        Assert.Equal(0, Area([[0, 0], [10, 0], [5, 5], [5, -5]]));
    }

    [Fact]
    public void Pairs_are_decided_as_the_accuracy_says()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(60, 3), 40);
        TrainingOptions options = Options with { Objective = new SiameseObjective(), Metrics = [new AccuracyMetric(), new F1Metric()], EarlyStopping = new EarlyStopping { Metric = "ValidationAccuracy", Patience = 9 } };
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2, 4), data), options);
        foreach (EpochResult epoch in run.History)
        {
            Assert.Equal(epoch.TrainingAccuracy!.Value, epoch.Metrics[0].Training, 1e-9);
            Assert.Equal(epoch.ValidationAccuracy!.Value, epoch.Metrics[0].Validation!.Value, 1e-9);
        }
        string Refusal(PairLoss kind, Metric metric) => Assert.Throws<ExperimentException>(() =>
            Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2, 4), data), options with { Objective = new SiameseObjective { PairLoss = kind }, Metrics = [metric], EarlyStopping = null })).Message;
        Assert.Contains("triplets", Refusal(PairLoss.Triplet, new F1Metric()), StringComparison.Ordinal);
        Assert.Contains("not how probable", Refusal(PairLoss.Contrastive, new BrierMetric()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_objective_measures_outputs_that_have_a_target()
    {
        Dataset data = TrainingData.Cut(MultiTaskTests.TwoTargets(40), 30);
        TrainingOptions options = Options with { Metrics = [new AccuracyMetric(), new MAEMetric()] };
        EpochResult own = Trainer.Train(TrainingRequest.New(MultiTaskTests.TwoHeads(), data), options with { Objective = CustomTests.ByHand() }).History[^1];
        EpochResult known = Trainer.Train(TrainingRequest.New(MultiTaskTests.TwoHeads(), data), options).History[^1];
        foreach (string column in new[] { "TrainingAccuracy_kind", "ValidationAccuracy_kind", "TrainingMAE_age", "ValidationMAE_age" })
            Assert.Equal(known.ColumnValue(column)!.Value, own.ColumnValue(column)!.Value, 1e-4);
        ExperimentException error = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(
            NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 1, }), MultiTaskTests.TwoTargets(20)),
            Options with { Metrics = [new MAEMetric()], Objective = new CustomObjective { Script = Script((o, t) => (o.Values.First().squeeze(1) - t["age"]).square().mean()) } }));
        Assert.Equal("MetricMismatch", error.ErrorId);
        Assert.Contains("'age'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_meet_by_broadcasting_are_refused()
    {
        TrainingRequest request = TrainingRequest.New(TrainingData.Mlp(1, 1), TrainingData.Numbers("n", [[1], [2], [3]], [[1], [2], [4]]));
        TrainingResult Train(Func<torch.Tensor, torch.Tensor, torch.Tensor> loss) =>
            Trainer.Train(request, Options with { Objective = new CustomObjective { Script = Script((o, t) => loss(o.Values.Single(), t.Values.Single())) } });
        foreach (Func<torch.Tensor, torch.Tensor, torch.Tensor> wrong in new Func<torch.Tensor, torch.Tensor, torch.Tensor>[] { (o, t) => (o - t).square().mean(), (o, t) => (o - t).abs().mean() })
            Assert.Contains("[batch,batch]", Assert.Throws<ExperimentException>(() => Train(wrong)).Message, StringComparison.Ordinal);
        Assert.Equal(Train((o, t) => (o - t.unsqueeze(1)).square().mean()).FinalTrainingLoss, Train((o, t) => (o.squeeze(1) - t).square().mean()).FinalTrainingLoss);
        // A loss that compares rows on purpose does so with either shape.
        Assert.True(double.IsFinite(Train((o, t) => ((o - o.transpose(0, 1)) - (t.reshape(-1, 1) - t.reshape(1, -1))).square().mean()).FinalTrainingLoss!.Value));
    }

    private static LossFunction Script(Func<IReadOnlyDictionary<string, torch.Tensor>, IReadOnlyDictionary<string, torch.Tensor>, torch.Tensor> loss) =>
        new("loss", (outputs, targets, _) => new Dictionary<string, torch.Tensor> { ["Loss"] = loss(outputs, targets) });

    private static float[] Outputs(TrainingResult run, Dataset data, float[] rows)
    {
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], rows);
        string[] names = [run.Model.Network.Outputs[0]];
        return ModelRunner.Of(run.Model, names).Run([rows], data.Count, names)[0];
    }
}
