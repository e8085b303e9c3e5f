using DLExperiments.Data;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Control;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Several outputs: the sum of losses against calculus by hand, the match of outputs and targets, auxiliary outputs.</summary>
public sealed class MultiTaskTests : IClassFixture<TorchFixture>
{
    private const int Rows = 12;

    private static readonly TrainingOptions OneStep = new() { Epochs = 1, BatchSize = 0, LearningRate = 1, Optimizer = new SgdOptimizer() };

    /// <summary>A trunk of three linear units, one head for a number and one for three classes; all linear, so that the gradient is written in a line.</summary>
    internal static NetworkDefinition TwoHeads() => NetworkDefinition.Create(new Shape(2))
        .Add(new LinearLayer { OutFeatures = 3 }, "trunk").Add(new LinearLayer { OutFeatures = 1 }, "age")
        .Add(new LinearLayer { OutFeatures = 3 }, "kind", ["trunk"]).WithOutputs("age", "kind");

    /// <summary>The clouds, with the sum of both features as a second target.</summary>
    internal static Dataset TwoTargets(int rows = Rows, params string[] order)
    {
        Dataset clouds = TrainingData.Clouds(rows, 3);
        float[] x = new float[rows * 2];
        clouds.ReadFeature(0, [.. Enumerable.Range(0, rows)], x);
        DataColumn[] targets = [new FloatColumn("age", new Shape(), [.. Enumerable.Range(0, rows).Select(i => x[2 * i] + x[2 * i + 1])]),
            new ClassColumn("kind", ((ClassColumn)clouds.Targets[0]).Codes.ToArray(), ["A", "B", "C"])];
        return Dataset.Create("two", [clouds.Features[0]], order.Length == 0 ? targets : [.. order.Select(name => targets.First(t => t.Name == name))]);
    }

    [Fact]
    public void A_step_goes_down_the_weighted_sum_of_the_losses()
    {
        Dataset data = TwoTargets();
        NetworkDefinition network = TwoHeads();
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), OneStep with { LossWeights = new Dictionary<string, double> { ["age"] = 0.1 } });
        Assert.Equal(("MultiTask", "age: MSE, kind: CrossEntropy", "Torch"), (run.Objective, run.Loss, run.Engine));

        WeightSet start = WeightSet.Initialise(network, 0);
        (double age, double kind, Dictionary<string, double[]> gradient) = ByHand(start, data, 0.1);
        EpochResult epoch = run.History[0];
        Assert.Equal(age, epoch.Measures["TrainingLoss_age"], 1e-5); // float32 sums
        Assert.Equal(kind, epoch.Measures["TrainingLoss_kind"], 1e-5);
        Assert.Equal(0.1 * age + kind, epoch.TrainingLoss, 1e-5);
        Assert.InRange(epoch.Measures["TrainingAccuracy_kind"], 0, 1);
        Assert.Null(epoch.TrainingAccuracy); // of which output?
        foreach (WeightTensor tensor in start.Tensors)
            for (int i = 0; i < tensor.Values.Length; i++)
                Assert.Equal(tensor.Values[i] - gradient[tensor.Name][i], run.Model.Weights[tensor.Name].Values[i], 1e-5);
    }

    [Fact]
    public void Validation_has_the_columns_too_and_is_what_measuring_says()
    {
        Dataset data = TrainingData.Cut(TwoTargets(90), 60);
        string curve = Path.Combine(Directory.CreateTempSubdirectory("dlx-multi-").FullName, "curve.csv");
        TrainingResult run = Trainer.Train(TrainingRequest.New(TwoHeads(), data), new TrainingOptions { Epochs = 3, LearningRate = 0.02, LearningCurve = curve,
            Losses = new Dictionary<string, Loss> { ["AGE"] = new MeanAbsoluteErrorLoss() } });
        EpochResult last = run.History[^1];
        IReadOnlyList<ModelMeasure> measures = Measurer.MeasureAll(run.Model, data.Validation!);
        Assert.Equal(["age", "kind"], measures.Select(m => m.Output!));
        Assert.Equal(["MAE", "CrossEntropy"], measures.Select(m => m.LossType));
        Assert.Equal(measures[0].Loss, last.Measures["ValidationLoss_age"], 1e-6);
        Assert.Equal(measures[1].Loss, last.Measures["ValidationLoss_kind"], 1e-6);
        Assert.Equal(((ClassificationMeasure)measures[1]).Accuracy, last.Measures["ValidationAccuracy_kind"], 1e-12);
        Assert.Equal(measures[0].Loss + measures[1].Loss, last.ValidationLoss!.Value, 1e-6);
        string[] lines = File.ReadAllLines(curve);
        Assert.EndsWith(",TrainingLoss_age,TrainingLoss_kind,TrainingAccuracy_kind,ValidationLoss_age,ValidationLoss_kind,ValidationAccuracy_kind", lines[0]);
        Assert.Equal(last.Measures["ValidationLoss_kind"], double.Parse(lines[^1].Split(',')[^2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("AmbiguousOutput", Assert.Throws<ExperimentException>(() => Measurer.Measure(run.Model, data)).ErrorId);

        var both = (MultiPrediction)new Predictor(run.Model).Predict(data.Validation!).First();
        var kind = (ClassPrediction)both.Outputs["kind"]!;
        var alone = (ClassPrediction)new Predictor(run.Model, outputs: ["kind"]).Predict(data.Validation!).First();
        Assert.Equal((kind.Prediction, kind.Probability, "A"), (alone.Prediction, alone.Probability, alone.Actual));
        Assert.Equal(2, both.Outputs.Count);

        string file = Path.Combine(Path.GetDirectoryName(curve)!, "model.safetensors");
        ModelFile.Export(run.Model, file, overwrite: false);
        Assert.Equal(measures.Select(m => m.Loss), Measurer.MeasureAll(ModelFile.Import(file), data.Validation!).Select(m => m.Loss));
        Directory.Delete(Path.GetDirectoryName(curve)!, recursive: true);
    }

    [Fact]
    public void Names_go_before_order()
    {
        TrainingResult straight = Trainer.Train(TrainingRequest.New(TwoHeads(), TwoTargets()), OneStep), crossed = Trainer.Train(TrainingRequest.New(TwoHeads(), TwoTargets(Rows, "kind", "age")), OneStep);
        Assert.Equal(straight.Model.Weights["trunk.weight"].Values, crossed.Model.Weights["trunk.weight"].Values);
        NetworkDefinition other = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 3 }, "trunk").Add(new LinearLayer { OutFeatures = 1 }, "first")
            .Add(new LinearLayer { OutFeatures = 3 }, "second", ["trunk"]).WithOutputs("first", "second");
        Assert.Equal(straight.Model.Weights["trunk.weight"].Values, Trainer.Train(TrainingRequest.New(other, TwoTargets()), OneStep).Model.Weights["trunk.weight"].Values);
        var said = new MultiTaskObjective { Target = ["second=kind", "first = age"] };
        Assert.Equal(straight.Model.Weights["trunk.weight"].Values, Trainer.Train(TrainingRequest.New(other, TwoTargets(Rows, "kind", "age")), OneStep with { Objective = said }).Model.Weights["trunk.weight"].Values);
    }

    [Fact]
    public void Columns_of_one_table_are_targets_by_name()
    {
        var table = new DLExperiments.Data.Tables.TableBuilder("table", ["x", "z", "b", "a"], new DLExperiments.Data.Tables.TableOptions { Target = ["b", "a"] });
        for (int i = 0; i < 6; i++) table.Add([i, i * i % 5, 2.0 * i, -3.0 * i], i + 1);
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 1 }, "a").Add(new LinearLayer { OutFeatures = 1 }, "b", ["input"]).WithOutputs("a", "b");
        Dataset data = table.Build();
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), OneStep with { LearningRate = 0 });
        WeightSet w = WeightSet.Initialise(network, 0);
        double Mse(string head, double slope) => Enumerable.Range(0, 6).Average(i =>
            Math.Pow(w[head + ".weight"].Values[0] * i + w[head + ".weight"].Values[1] * (i * i % 5) + w[head + ".bias"].Values[0] - slope * i, 2));
        Assert.Equal(Mse("a", -3), run.History[0].Measures["TrainingLoss_a"], 1e-3 * Mse("a", -3));
        Assert.Equal(Mse("b", 2), run.History[0].Measures["TrainingLoss_b"], 1e-3 * Mse("b", 2));
    }

    [Fact]
    public void Auxiliary_outputs_help_the_training_and_nothing_else()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 4 }, "trunk")
            .Add(new LinearLayer { OutFeatures = 3 }, "main").Add(new LinearLayer { OutFeatures = 3 }, "aux1.fc", ["trunk"]).WithOutputs("main", "aux1.fc");
        Dataset data = TrainingData.Cut(TrainingData.Clouds(60, 3), 40);
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), OneStep);
        EpochResult epoch = run.History[0];
        Assert.Equal(epoch.Measures["TrainingLoss_main"] + 0.3 * epoch.Measures["TrainingLoss_aux1.fc"], epoch.TrainingLoss, 1e-6);
        Assert.Equal(epoch.Measures["ValidationLoss_main"], epoch.ValidationLoss!.Value, 1e-9);
        Assert.False(epoch.Measures.ContainsKey("ValidationLoss_aux1.fc"));
        Assert.NotNull(epoch.ValidationAccuracy);
        ModelMeasure only = Measurer.Measure(run.Model, data.Validation!);
        Assert.Equal(epoch.ValidationLoss!.Value, only.Loss, 1e-6);
        Assert.IsType<ClassPrediction>(new Predictor(run.Model).Predict(data.Validation!).First());
        Assert.Equal("aux1.fc", Assert.Single(Measurer.MeasureAll(run.Model, data.Validation!, outputs: ["aux1.fc"])).Output);
        // Without its factor an auxiliary output has no part in the step.
        TrainingResult alone = Trainer.Train(TrainingRequest.New(network.WithOutputs("main"), data), OneStep with { Engine = EngineChoice.Torch });
        TrainingResult off = Trainer.Train(TrainingRequest.New(network, data), OneStep with { LossWeights = new Dictionary<string, double> { ["aux1.fc"] = 0 } });
        Assert.Equal(alone.Model.Weights["trunk.weight"].Values, off.Model.Weights["trunk.weight"].Values);
        Assert.NotEqual(alone.Model.Weights["trunk.weight"].Values, run.Model.Weights["trunk.weight"].Values);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        ExperimentException one = Refusal(TwoHeads(), TrainingData.Clouds(Rows, 3));
        Assert.Equal("OutputTargetMismatch", one.ErrorId);
        Assert.Contains("'age', 'kind'", one.Message);
        Assert.Contains("'class'", one.Message);
        NetworkDefinition half = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 1 }, "age").Add(new LinearLayer { OutFeatures = 3 }, "sort", ["input"]).WithOutputs("age", "sort");
        Assert.Contains("'sort' has no target", Refusal(half, TwoTargets()).Message);
        Assert.Equal("UnknownOutput", Refusal(TwoHeads(), TwoTargets(), o => o with { LossWeights = new Dictionary<string, double> { ["agee"] = 1 } }).ErrorId);
        Assert.Equal("InvalidLossWeight", Refusal(TwoHeads(), TwoTargets(), o => o with { LossWeights = new Dictionary<string, double> { ["age"] = -1 } }).ErrorId);
        Assert.Equal("AmbiguousOutput", Refusal(TwoHeads(), TwoTargets(), o => o with { Objective = new SupervisedObjective() }).ErrorId);
        Assert.Equal("InvalidTargetMap", Refusal(TwoHeads(), TwoTargets(), o => o with { Objective = new MultiTaskObjective { Target = ["age"] } }).ErrorId);
        Assert.Equal("MissingTarget", Refusal(TwoHeads(), TwoTargets(), o => o with { Objective = new MultiTaskObjective { Target = ["age=size"] } }).ErrorId);
        Assert.Equal("LossTargetMismatch", Refusal(TwoHeads(), TwoTargets(), o => o with { Losses = new Dictionary<string, Loss> { ["kind"] = new MeanSquaredErrorLoss() } }).ErrorId);
        Assert.Equal("UnknownMetric", Refusal(TwoHeads(), TwoTargets(), o => o with { EarlyStopping = new() { Metric = "ValidationLoss_size" } }).ErrorId);
    }

    [Fact]
    public void One_of_several_outputs_is_trained_when_it_is_named()
    {
        TrainingResult run = Trainer.Train(TrainingRequest.New(TwoHeads(), TwoTargets(Rows, "kind")), OneStep with { Objective = new SupervisedObjective { Output = "kind" } });
        Assert.Equal(WeightSet.Initialise(TwoHeads(), 0)["age.weight"].Values, run.Model.Weights["age.weight"].Values);
        Assert.Equal("kind", Assert.Single(Measurer.MeasureAll(run.Model, TwoTargets(Rows, "kind"))).Output);
    }

    private static ExperimentException Refusal(NetworkDefinition network, Dataset data, Func<TrainingOptions, TrainingOptions>? change = null) =>
        Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, data), change?.Invoke(OneStep) ?? OneStep));

    /// <summary>Both losses and the gradient of w·MSE + CE in float64: dMSE/dy = 2(y − t)/n, dCE/dz = (softmax z − onehot)/n, then the chain rule of matrices.</summary>
    private static (double Age, double Kind, Dictionary<string, double[]> Gradient) ByHand(WeightSet start, Dataset data, double weight)
    {
        double[] W(string name) => Array.ConvertAll(start[name].Values, v => (double)v);
        double[] t = W("trunk.weight"), tb = W("trunk.bias"), a = W("age.weight"), ab = W("age.bias"), k = W("kind.weight"), kb = W("kind.bias");
        var g = start.Tensors.ToDictionary(x => x.Name, x => new double[x.Values.Length]);
        float[] x = new float[Rows * 2], ages = new float[Rows], kinds = new float[Rows];
        int[] all = [.. Enumerable.Range(0, Rows)];
        data.ReadFeature(0, all, x);
        data.ReadTarget(0, all, ages);
        data.ReadTarget(1, all, kinds);
        double age = 0, kind = 0;
        for (int r = 0; r < Rows; r++)
        {
            double[] h = [.. Enumerable.Range(0, 3).Select(j => t[2 * j] * x[2 * r] + t[2 * j + 1] * x[2 * r + 1] + tb[j])];
            double y = h.Select((v, j) => v * a[j]).Sum() + ab[0], miss = y - ages[r];
            double[] z = [.. Enumerable.Range(0, 3).Select(c => h.Select((v, j) => v * k[3 * c + j]).Sum() + kb[c])];
            double sum = z.Sum(Math.Exp);
            age += miss * miss / Rows;
            kind -= Math.Log(Math.Exp(z[(int)kinds[r]]) / sum) / Rows;
            double dy = weight * 2 * miss / Rows;
            double[] dz = [.. z.Select((v, c) => (Math.Exp(v) / sum - (c == (int)kinds[r] ? 1 : 0)) / Rows)];
            g["age.bias"][0] += dy;
            for (int c = 0; c < 3; c++) g["kind.bias"][c] += dz[c];
            for (int j = 0; j < 3; j++)
            {
                g["age.weight"][j] += dy * h[j];
                for (int c = 0; c < 3; c++) g["kind.weight"][3 * c + j] += dz[c] * h[j];
                double dh = dy * a[j] + dz.Select((d, c) => d * k[3 * c + j]).Sum();
                g["trunk.bias"][j] += dh;
                g["trunk.weight"][2 * j] += dh * x[2 * r];
                g["trunk.weight"][2 * j + 1] += dh * x[2 * r + 1];
            }
        }
        return (age, kind, g);
    }

    [Fact]
    public void Metrics_are_measured_of_each_output_as_they_are_of_the_trained_model()
    {
        Dataset data = TrainingData.Cut(TwoTargets(60), 40);
        TrainingResult run = Trainer.Train(TrainingRequest.New(TwoHeads(), data), new TrainingOptions
        {
            Epochs = 4, LearningRate = .05, Metrics = [new BrierMetric()],
            OutputMetrics = new Dictionary<string, IReadOnlyList<Metric>> { ["AGE"] = [new MAEMetric(), new R2Metric()], ["kind"] = [new F1Metric()] },
        });
        Assert.Equal(["MAE_age", "R2_age", "Brier_kind", "F1_kind"], run.History[0].Metrics.Select(m => m.Name));
        EpochResult last = run.History[^1];
        var age = (RegressionMeasure)Measurer.MeasureAll(run.Model, data.Validation!, null, ["age"])[0];
        Assert.Equal(age.MAE, last.ColumnValue("ValidationMAE_age")!.Value, 1e-12);
        Assert.Equal(age.R2, last.ColumnValue("ValidationR2_age")!.Value, 1e-12);
        var kind = (ClassificationMeasure)Measurer.MeasureAll(run.Model, data.Validation!, null, ["kind"])[0];
        Assert.Equal(kind.MacroF1, last.ColumnValue("ValidationF1_kind")!.Value, 1e-12);
    }

    [Fact]
    public void Early_stopping_watches_the_metric_of_an_output()
    {
        TrainingResult run = Trainer.Train(TrainingRequest.New(TwoHeads(), TrainingData.Cut(TwoTargets(60), 40)), new TrainingOptions
        {
            Epochs = 60, LearningRate = .1, OutputMetrics = new Dictionary<string, IReadOnlyList<Metric>> { ["kind"] = [new F1Metric()] },
            EarlyStopping = new EarlyStopping { Metric = "validationf1_kind", Patience = 3 },
        });
        Assert.Equal(run.History.MaxBy(e => e.Metrics[0].Validation)!.Epoch, run.BestEpoch);
    }

    [Fact]
    public void Metrics_of_outputs_that_are_not_there_or_do_not_fit_are_refused()
    {
        ExperimentException Refused(TrainingOptions options) => Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(TwoHeads(), TwoTargets()), options));
        TrainingOptions Of(string output, Metric metric) => new() { OutputMetrics = new Dictionary<string, IReadOnlyList<Metric>> { [output] = [metric] } };
        Assert.Equal("UnknownOutput", Refused(Of("agee", new MAEMetric())).ErrorId);
        Assert.Contains("'age'", Refused(Of("agee", new MAEMetric())).Message);
        Assert.Equal("MetricMismatch", Refused(Of("age", new F1Metric())).ErrorId);
        Assert.Equal("MetricMismatch", Refused(new() { Metrics = [new BleuMetric()] }).ErrorId);
    }

    [Fact]
    public void A_metric_of_a_scaled_target_is_in_the_units_of_the_target()
    {
        Dataset data = TrainingData.Cut(TrainingData.Numbers("n", [.. Enumerable.Range(0, 20).Select(i => new[] { (float)i })], [.. Enumerable.Range(0, 20).Select(i => new[] { 1000f * i })]), 15);
        data = new Standardize { OnTarget = true }.AddTo(data);
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(1, 1), data), new TrainingOptions { Epochs = 2, Metrics = [new MAEMetric()] });
        var measure = (RegressionMeasure)Measurer.MeasureAll(run.Model, data.Validation!, null, null)[0];
        Assert.True(measure.MAE > 100);
        // One is computed from sums in another order.
        Assert.Equal(measure.MAE, run.History[^1].Metrics[0].Validation!.Value, 1e-9 * measure.MAE);
    }
}
