using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Curves;
using DLExperiments.Losses;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training;

/// <summary>Bad input is refused before training with a message that names it; a curve survives whatever happens.</summary>
public sealed class TrainingErrorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string, TrainingOptions> BadOptions() => new()
    {
        { "InvalidEpochs", new TrainingOptions { Epochs = 0 } },
        { "InvalidBatchSize", new TrainingOptions { BatchSize = -1 } },
        { "InvalidLearningRate", new TrainingOptions { LearningRate = -0.1 } },
        { "InvalidLearningRate", new TrainingOptions { LearningRate = double.NaN } },
        { "InvalidLearningRate", new TrainingOptions { LearningRate = double.PositiveInfinity } },
        { "InvalidThreads", new TrainingOptions { Threads = 0 } },
        { "UnknownDevice", new TrainingOptions { Device = "gpu" } },
        { "UnknownDevice", new TrainingOptions { Device = "cuda:x" } },
        { "InvalidOptimizer", new TrainingOptions { Optimizer = new SgdOptimizer { Nesterov = true } } },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Bad_options_are_refused(string id, TrainingOptions options) =>
        Assert.Equal(id, Fails(TrainingData.Mlp(2, 2), TrainingData.Clouds(10, 2), options).ErrorId);

    [Fact]
    public void Loss_output_and_target_must_fit()
    {
        Dataset four = TrainingData.Clouds(12, 4), two = TrainingData.Clouds(12, 2), number = TrainingData.Numbers("n", [[1, 2], [3, 4]], [[1], [2]]);
        ExperimentException e = Fails(TrainingData.Mlp(2, 3), four, new() { Loss = new CrossEntropyLoss() });
        Assert.Equal("LossOutputMismatch", e.ErrorId);
        Assert.Contains("3 outputs", e.Message);
        Assert.Contains("4 classes", e.Message);
        Assert.Equal("LossTargetMismatch", Fails(TrainingData.Mlp(2, 4), four, new() { Loss = new BinaryCrossEntropyWithLogitsLoss() }).ErrorId);
        Assert.Equal("LossOutputMismatch", Fails(TrainingData.Mlp(2, 2), two, new() { Loss = new BinaryCrossEntropyWithLogitsLoss() }).ErrorId);
        Assert.Equal("LossTargetMismatch", Fails(TrainingData.Mlp(2, 1), two, new() { Loss = new MeanSquaredErrorLoss() }).ErrorId);
        Assert.Equal("LossOutputMismatch", Fails(TrainingData.Mlp(2, 3), number, new() { Loss = new MeanSquaredErrorLoss() }).ErrorId);
        Assert.Equal("LossOutputMismatch", Fails(TrainingData.Mlp(2, 1), number, new() { Loss = new CrossEntropyLoss() }).ErrorId);
        Assert.Equal("ClassWeightsMismatch", Fails(TrainingData.Mlp(2, 4), four, new() { Loss = new CrossEntropyLoss { ClassWeights = [1, 2] } }).ErrorId);
        e = Fails(TrainingData.Mlp(2, 3), TrainingData.Numbers("n", [[1, 2], [3, 4]], [[1], [2.5f]]), new() { Loss = new CrossEntropyLoss() });
        Assert.Equal("InvalidTarget", e.ErrorId);
        Assert.Contains("2.5 in row 2", e.Message);
        Assert.Equal("InvalidTarget", Fails(TrainingData.Mlp(2, 1), number, new() { Loss = new BinaryCrossEntropyWithLogitsLoss() }).ErrorId);
        Assert.Equal("InvalidTarget", Fails(TrainingData.Mlp(2, 1), number, new() { Loss = new HingeLoss() }).ErrorId);
        Assert.Equal("MissingTarget", Fails(TrainingData.Mlp(2, 1), Dataset.Create("bare", [new FloatColumn("x", new Shape(2), [1, 2])], []), new()).ErrorId);
    }

    [Fact]
    public void The_default_loss_follows_the_target()
    {
        string Chosen(NetworkDefinition network, Dataset data) => Trainer.Train(TrainingRequest.New(network, data), new() { Epochs = 1 }).Loss;
        Assert.Equal("CrossEntropy", Chosen(TrainingData.Mlp(2, 2), TrainingData.Clouds(12, 2)));
        Assert.Equal("BCEWithLogits", Chosen(TrainingData.Mlp(2, 1), TrainingData.Clouds(12, 2)));
        Assert.Equal("CrossEntropy", Chosen(TrainingData.Mlp(2, 4), TrainingData.Clouds(12, 4)));
        Assert.Equal("MSE", Chosen(TrainingData.Mlp(2, 2), TrainingData.Numbers("n", [[1, 2], [3, 4]], [[1, 0], [2, 1]])));
    }

    [Fact]
    public void Whole_numbers_and_soft_targets_serve_as_classes()
    {
        TrainingOptions options = new() { Epochs = 1, BatchSize = 0, Loss = new CrossEntropyLoss() };
        float[][] x = [[1, 2], [3, 4], [5, 1]];
        double hard = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), TrainingData.Numbers("n", x, [[1], [2], [0]])), options).History[0].TrainingLoss;
        EpochResult soft = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 3), TrainingData.Numbers("n", x, [[0, 1, 0], [0, 0, 1], [1, 0, 0]])), options).History[0];
        Assert.Equal(hard, soft.TrainingLoss, 1e-6);
        Assert.NotNull(soft.TrainingAccuracy);
    }

    [Fact]
    public void Data_and_network_must_have_the_same_shape()
    {
        ExperimentException e = Fails(TrainingData.Mlp(5, 2), TrainingData.Clouds(10, 2), new());
        Assert.Equal("DataShapeMismatch", e.ErrorId);
        Assert.Contains("[5]", e.Message);
        Assert.Contains("[2]", e.Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "infinite")]
    public void A_value_that_is_not_finite_is_named_by_column_and_row(float bad, string word)
    {
        ExperimentException e = Fails(TrainingData.Mlp(2, 1), TrainingData.Numbers("n", [[1, 2], [3, bad]], [[1], [2]]), new());
        Assert.Equal("NonFiniteData", e.ErrorId);
        Assert.Contains("'x'", e.Message);
        Assert.Contains("row 2", e.Message);
        Assert.Contains(word, e.Message);
        e = Fails(TrainingData.Mlp(2, 1), TrainingData.Numbers("n", [[1, 2], [3, 4], [5, 6]], [[1], [2], [bad]]), new());
        Assert.Equal("NonFiniteData", e.ErrorId);
        Assert.Contains("'y'", e.Message);
        Assert.Contains("row 3", e.Message);
    }

    [Fact]
    public void A_class_that_only_validation_rows_have_is_named()
    {
        Dataset data = TrainingData.Clouds(12, 3);
        Dataset split = data.WithPieces(data.Select("train", Enumerable.Range(0, 12).Where(i => i % 3 != 2)), data.Select("validation", [2, 5]), null);
        ExperimentException e = Fails(TrainingData.Mlp(2, 3), split, new());
        Assert.Equal("UnseenClass", e.ErrorId);
        Assert.Contains("'C'", e.Message);
    }

    [Fact]
    public void Validation_classes_are_matched_by_name()
    {
        // The same rows under another order of names must give the same validation loss as the training rows themselves.
        Dataset data = TrainingData.Clouds(40, 2);
        var column = (ClassColumn)data.Targets[0];
        int[] swapped = [.. column.Codes.ToArray().Select(c => 1 - c)];
        Dataset other = Dataset.Create("other", data.Features, [new ClassColumn("class", swapped, ["B", "A"])]);
        EpochResult epoch = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), data, other), new() { Epochs = 1, LearningRate = 0, BatchSize = 0 }).History[0];
        Assert.Equal(epoch.TrainingLoss, epoch.ValidationLoss!.Value, 1e-6);
    }

    [Fact]
    public void A_model_goes_on_only_with_classes_and_columns_that_it_knows()
    {
        TrainingOptions options = new() { Epochs = 1 };
        Dataset data = TrainingData.Clouds(12, 2);
        Model model = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), data), options with { Loss = new CrossEntropyLoss { LabelSmoothing = 0.1 } }).Model;
        TrainingResult more = Trainer.Train(TrainingRequest.Continue(model, data), options);
        Assert.Equal(0.1, Assert.IsType<CrossEntropyLoss>(more.Model.Loss).LabelSmoothing);

        Dataset renamed = Dataset.Create("renamed", data.Features, [new ClassColumn("class", ((ClassColumn)data.Targets[0]).Codes.ToArray(), ["A", "X"])]);
        var e = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.Continue(model, renamed), options));
        Assert.Equal("UnseenClass", e.ErrorId);
        Assert.Contains("'X'", e.Message);

        Dataset Table(string second) => Dataset.Create("table", data.Features, data.Targets, new TableSchema(
            [new TableColumn("a", ColumnEncoding.Number, []), new TableColumn(second, ColumnEncoding.Number, [])], []));
        model = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), Table("b")), options).Model;
        e = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.Continue(model, Table("c")), options));
        Assert.Equal("SchemaMismatch", e.ErrorId);
        Assert.Contains("'c'", e.Message);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_with_epoch_and_step_and_keeps_the_curve()
    {
        string path = Path.Combine(folder, "curve.csv");
        Dataset data = TrainingData.Numbers("n", [.. Enumerable.Range(1, 20).Select(i => new float[] { i, -i })], [.. Enumerable.Range(1, 20).Select(i => new float[] { 1000 * i })]);
        var e = Assert.Throws<NonFiniteLossException>(() => Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 1), data),
            new() { Epochs = 200, BatchSize = 5, Optimizer = new SgdOptimizer(), LearningRate = 0.02, LearningCurve = path }));
        Assert.Equal("NonFiniteLoss", e.ErrorId);
        Assert.Contains($"epoch {e.Epoch} at step {e.Step}", e.Message);
        Assert.Equal((e.Step - 1) / 4 + 1, e.Epoch);
        Assert.Equal(e.Epoch - 1, e.History.Count);
        Assert.True(e.History.Count > 1, "the test is meant to diverge after some epochs");
        Assert.Equal(e.History.Count + 1, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void The_curve_has_fixed_columns_and_full_precision_in_any_culture()
    {
        string path = Path.Combine(folder, "curve.csv");
        CultureInfo before = CultureInfo.CurrentCulture;
        TrainingResult run;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
            run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), TrainingData.Cut(TrainingData.Clouds(30, 2), 20)), new() { Epochs = 3, LearningCurve = path });
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(string.Join(',', LearningCurveWriter.Columns), lines[0]);
        Assert.Equal(4, lines.Length);
        foreach ((string line, EpochResult epoch) in lines.Skip(1).Zip(run.History))
        {
            string[] cells = line.Split(',');
            Assert.Equal(LearningCurveWriter.Columns.Count, cells.Length);
            Assert.Equal(epoch.TrainingLoss, double.Parse(cells[1], CultureInfo.InvariantCulture));
            Assert.Equal(epoch.ValidationLoss, double.Parse(cells[3], CultureInfo.InvariantCulture));
            Assert.Equal(epoch.Timestamp, DateTime.Parse(cells[11], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
            Assert.EndsWith("Z", cells[11]);
        }
    }

    [Fact]
    public void A_curve_that_cannot_be_written_is_an_error_before_training()
    {
        string path = Path.Combine(folder, "curve.csv");
        File.WriteAllText(path, "precious");
        Dataset data = TrainingData.Clouds(10, 2);
        Assert.Equal("FileExists", Fails(TrainingData.Mlp(2, 2), data, new() { LearningCurve = path }).ErrorId);
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Equal("FolderNotFound", Fails(TrainingData.Mlp(2, 2), data, new() { LearningCurve = Path.Combine(folder, "none", "c.csv") }).ErrorId);
        Assert.Equal("FileNotWritable", Fails(TrainingData.Mlp(2, 2), data, new() { LearningCurve = folder }).ErrorId);
        Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2), data), new() { Epochs = 1, LearningCurve = path, Force = true });
        Assert.Equal(2, File.ReadAllLines(path).Length);
    }

    private static ExperimentException Fails(NetworkDefinition network, Dataset data, TrainingOptions options) =>
        Assert.ThrowsAny<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, data), options, [new NoStep()]));

    /// <summary>Fails the test when a step is made: bad input must be refused before.</summary>
    private sealed class NoStep : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress) => Assert.Fail("a step was made");

        public void OnEpoch(EpochResult epoch) => Assert.Fail("an epoch was made");
    }
}
