using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Tests.Training;
using DLExperiments.Training;
using DLExperiments.Training.Control;
using DLExperiments.Training.Optimizers;
using Xunit;

namespace DLExperiments.Tests.Evaluation;

/// <summary>Metrics of networks: batch by batch, in every epoch, and after an interruption.</summary>
public sealed class MetricStreamTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-metrics-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> All => new(Catalogue<Metric>.Default.Entries.Where(e => e.Name != "Bleu").Select(e => e.Name));

    [Theory]
    [MemberData(nameof(All))]
    public void The_value_has_the_same_bits_whatever_the_batches(string name)
    {
        Metric metric = name == "TopK" ? new TopKMetric { K = 2 } : Catalogue<Metric>.Default.Create(name);
        if (metric is MSSSIMMetric scales) scales.Scales = 1;
        bool images = metric is SSIMMetric or MSSSIMMetric;
        int rows = images ? 6 : 50, width = images ? 144 : 3;
        var random = new Random(5);
        float[] outputs = [.. Enumerable.Range(0, rows * width).Select(_ => (float)random.NextDouble())];
        bool numbers = metric.Input == MetricInput.Values;
        float[] targets = numbers ? [.. outputs.Select(o => o + (float)random.NextDouble() / 4)] : [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(3))];
        Shape shape = images ? new Shape(1, 12, 12) : new Shape(3);
        Loss loss = numbers ? new MeanSquaredErrorLoss() : new CrossEntropyLoss();
        var form = new OutputForm(loss, numbers ? new TargetLayout(shape, false, 0, 0) : new TargetLayout(new Shape(), true, 3, 1), shape, ["a", "b", "c"]);
        double Measure(int batch, bool interrupted)
        {
            var totals = new MetricTotals([metric], form);
            for (int first = 0; first < rows; first += batch)
            {
                int count = Math.Min(batch, rows - first), per = targets.Length / rows;
                totals.Add(outputs[(first * width)..((first + count) * width)], targets[(first * per)..((first + count) * per)], count);
                if (!interrupted) continue;
                double[][] kept = totals.Export();
                totals = new MetricTotals([metric], form);
                totals.Import(kept);
            }
            return totals.ValueOf(0);
        }

        double whole = Measure(rows, false);
        Assert.True(double.IsFinite(whole));
        foreach (int batch in new[] { 1, 7, 49 })
        {
            Assert.Equal(whole, Measure(batch, false));
            Assert.Equal(whole, Measure(batch, true));
        }
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void The_epochs_of_a_training_have_what_the_model_measures(EngineChoice engine)
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(90, 3), 60);
        Metric[] metrics = [new F1Metric { Average = Average.Weighted }, new TopKMetric { K = 2 }, new RocAucMetric(), new BrierMetric()];
        // At a rate of zero the weights that each training row saw are those at the end.
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3, 8), data),
            new TrainingOptions { Metrics = metrics, Engine = engine, Epochs = 2, BatchSize = 7, LearningRate = 0, Optimizer = new SgdOptimizer() });
        Assert.Equal(engine.ToString(), run.Engine);
        Assert.Equal(["WeightedF1", "Top2", "RocAuc", "Brier"], run.History[1].Metrics.Select(m => m.Name));
        var request = new MetricRequest(metrics);
        double[] validation = [.. Measurer.Measure(run.Model, data.Validation!, request: request).Metrics.Select(m => m.Value)];
        double[] training = [.. Measurer.Measure(run.Model, data.Train!, batchSize: 13, request: request).Metrics.Select(m => m.Value)];
        for (int i = 0; i < metrics.Length; i++)
        {
            // Rows are added in another order in training, and float32 outputs of a batch may differ in the last bit: 1e-6 is ample for both.
            Assert.Equal(validation[i], run.History[1].Metrics[i].Validation!.Value, 1e-6);
            Assert.Equal(training[i], run.History[1].Metrics[i].Training, 1e-6);
        }
        Assert.Empty(Measurer.Measure(run.Model, data.Validation!).Metrics);
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Interrupted_within_an_epoch_the_metrics_go_on(EngineChoice engine)
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(90, 3), 60);
        var options = new TrainingOptions { Metrics = [new F1Metric(), new RocAucMetric(), new CalibrationErrorMetric()], Engine = engine, Epochs = 3, BatchSize = 7 };
        TrainingRequest request = TrainingRequest.New(TrainingData.Mlp(2, 3, 8), data);
        TrainingResult whole = Trainer.Train(request, options);
        string path = Path.Combine(folder, "run"), curve = Path.Combine(folder, "curve.csv");
        TrainingResult part = Trainer.Train(request, options with { Checkpoint = path, LearningCurve = curve, MaxSteps = 13 });
        Assert.Equal(StopReason.StepBudget, part.StopReason);
        TrainingResult rest = Trainer.Resume(path, data, change: o => o with { MaxSteps = null });
        Assert.Equal(3, rest.History.Length);
        Assert.Equal(whole.History.SelectMany(e => e.Metrics), rest.History.SelectMany(e => e.Metrics));
        string[] lines = File.ReadAllLines(curve);
        Assert.EndsWith("DeadUnits,TrainingF1,ValidationF1,TrainingRocAuc,ValidationRocAuc,TrainingCalibrationError,ValidationCalibrationError", lines[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Contains(FormattableString.Invariant($",{whole.History[2].Metrics[0].Training:R},{whole.History[2].Metrics[0].Validation:R},"), lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_watches_them_in_their_own_direction()
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(90, 3), 60);
        TrainingResult Run(Metric metric, string watched) => Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data),
            new TrainingOptions { Metrics = [metric], Epochs = 40, LearningRate = .05, EarlyStopping = new EarlyStopping { Metric = watched, Patience = 3 } });
        TrainingResult f1 = Run(new F1Metric(), "validationf1"), brier = Run(new BrierMetric(), "ValidationBrier");
        Assert.Equal(f1.History.MaxBy(e => e.Metrics[0].Validation)!.Epoch, f1.BestEpoch);
        Assert.Equal(brier.History.MinBy(e => e.Metrics[0].Validation)!.Epoch, brier.BestEpoch);
        TrainingResult plateau = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data), new TrainingOptions
        {
            Metrics = [new F1Metric()], Epochs = 25, LearningRate = .1, Schedule = new DLExperiments.Training.Schedules.PlateauSchedule { Metric = "ValidationF1", Patience = 2 },
        });
        Assert.True(plateau.History[^1].LearningRate < .1);
        Assert.Equal("UnknownMetric", Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), data),
            new TrainingOptions { Schedule = new DLExperiments.Training.Schedules.PlateauSchedule { Metric = "ValidationF1" } })).ErrorId);
        Assert.Equal("UnknownMetric", Assert.Throws<ExperimentException>(() => Run(new F1Metric(), "ValidationRecall")).ErrorId);
    }

    [Fact]
    public void Metrics_that_do_not_fit_are_refused_before_the_first_step()
    {
        Dataset classes = TrainingData.Clouds(30, 3), numbers = TrainingData.Numbers("n", [[1], [2]], [[1], [2]]);
        ExperimentException Refused(Dataset data, NetworkDefinition network, params Metric[] metrics) => Assert.Throws<ExperimentException>(() =>
            Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Metrics = metrics }));
        Assert.Equal("MetricMismatch", Refused(numbers, TrainingData.Mlp(1, 1), new F1Metric()).ErrorId);
        Assert.Equal("MetricMismatch", Refused(numbers, TrainingData.Mlp(1, 1), new BrierMetric()).ErrorId);
        Assert.Equal("MetricMismatch", Refused(classes, TrainingData.Mlp(2, 3), new MSEMetric()).ErrorId);
        Assert.Equal("MetricMismatch", Refused(classes, TrainingData.Mlp(2, 3), new BleuMetric()).ErrorId);
        Assert.Equal("DuplicateMetric", Refused(classes, TrainingData.Mlp(2, 3), new F1Metric(), new F1Metric()).ErrorId);
    }

    [Fact]
    public void Classes_of_pixels_and_positions()
    {
        // Two classes over a row of three positions: logits of class 0, then of class 1.
        var form = new OutputForm(new CrossEntropyLoss(), new TargetLayout(new Shape(3), true, 2, 3), new Shape(2, 3), null);
        float[] outputs = [0, 2, 0, 1, 0, 5], targets = [1, 1, 1];
        PredictionSet set = form.Read(outputs, targets);
        Assert.Equal(2 / 3.0, new AccuracyMetric().Compute(set), 1e-12);
        Assert.Equal(2 / 3.0, new PixelAccuracyMetric().Compute(set), 1e-12);
        // Class 1: 2 of a union of 3; class 0 was predicted once and is nowhere.
        Assert.Equal((0 + 2 / 3.0) / 2, new IoUMetric().Compute(set), 1e-12);
        // -log of e/(1+e), 1/(1+e²), e⁵/(1+e⁵)
        double loss = (Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(2)) + Math.Log(1 + Math.Exp(-5))) / 3;
        Assert.Equal(Math.Exp(loss), new PerplexityMetric().Compute(set), 1e-12);
        // A resample of rows keeps the positions of a row together.
        Assert.Equal(new AccuracyMetric().Compute(set), new AccuracyMetric().Measure(set, 20).Low!.Value, 1e-12);
    }

    [Fact]
    public void Several_yes_or_no_answers_a_row()
    {
        var form = new OutputForm(new BinaryCrossEntropyWithLogitsLoss(), new TargetLayout(new Shape(2), false, 2, 2), new Shape(2), null);
        PredictionSet set = form.Read([1, -1, 0, 3], [1, 1, 0, 1]);
        Assert.Equal(.75, new AccuracyMetric().Compute(set), 1e-12);
        // Class 0: actual once, predicted twice, both once; class 1: three, two, two.
        Assert.Equal((2 * 1.0 / 3 + 2 * 2.0 / 5) / 2, new DiceMetric().Compute(set), 1e-12);
        // MSE is of the probabilities: 1/(1+e^-1), 1/(1+e), 1/2, 1/(1+e^-3).
        double p = 1 / (1 + Math.Exp(-1)), q = 1 - p, s = 1 / (1 + Math.Exp(-3));
        Assert.Equal((Math.Pow(1 - p, 2) + Math.Pow(1 - q, 2) + .25 + Math.Pow(1 - s, 2)) / 4, new MSEMetric().Compute(set), 1e-12);
    }

    [Fact]
    public void Each_class_has_its_own_value_and_interval()
    {
        var set = new PredictionSet([.. "aaabbc".Zip("aabbac").Select(p => ((object)p.First.ToString(), (object)p.Second.ToString(), (System.Collections.IDictionary?)null))]);
        IReadOnlyList<MetricResult> recall = new RecallMetric().MeasureAll(set, perClass: true, 300, seed: 3);
        Assert.Equal([null, "a", "b", "c"], recall.Select(r => r.Class));
        Assert.Equal([(2 / 3.0 + .5 + 1) / 3, 2 / 3.0, .5, 1], recall.Select(r => Math.Round(r.Value, 15)), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([6, 3, 2, 1], recall.Select(r => r.Count));
        Assert.All(recall, r => Assert.True(r.Low <= r.Value && r.Value <= r.High));
        Assert.Equal(["F1", "MicroF1", "Top5", "CalibrationErrorBins10"], new Metric[] { new F1Metric(), new F1Metric { Average = Average.Micro }, new TopKMetric(), new CalibrationErrorMetric { Bins = 10 } }.Select(m => m.Label));
    }
}
