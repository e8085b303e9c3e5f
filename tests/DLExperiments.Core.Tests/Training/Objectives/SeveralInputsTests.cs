using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Features go to the inputs of their names, else in their order; y = 10·left + 1·right tells which went where.</summary>
public sealed class SeveralInputsTests : IClassFixture<TorchFixture>
{
    private static NetworkDefinition Network(string left = "left", string right = "right", int width = 1) => NetworkDefinition.Create([new NetworkInput(left, new Shape(1)), new NetworkInput(right, new Shape(width))])
        .Add(new ConcatLayer(), "both", [left, right]).Add(new LinearLayer { OutFeatures = 1 }, "y");

    private static Model Weighted(NetworkDefinition network) => new(network, new WeightSet([new WeightTensor("y.weight", new Shape(1, 2), [10, 1]), new WeightTensor("y.bias", new Shape(1), [0])]));

    private static Dataset Data(params string[] names)
    {
        float[] left = [1, 2, 3, 4, 5, 6], right = [7, -1, 0, 2, 5, 3];
        DataColumn Column(string name, float[] values) => new FloatColumn(name, new Shape(1), values);
        return Dataset.Create("pair", [Column(names[0], names[0] == "right" ? right : left), Column(names[1], names[0] == "right" ? left : right)],
            [new FloatColumn("y", new Shape(), [.. left.Zip(right, (l, r) => 10 * l + r)])]);
    }

    [Theory]
    [InlineData("left", "right")]
    [InlineData("right", "left")]
    [InlineData("one", "other")]
    public void By_name_or_by_order(string first, string second)
    {
        Dataset data = Data(first, second);
        Model model = Weighted(Network());
        Assert.Equal(0, Measurer.Measure(model, data, new MeanSquaredErrorLoss()).Loss, 1e-9);
        Assert.Equal([17, 19, 30], new Predictor(model).Predict(data).Take(3).Cast<ValuePrediction>().Select(p => p.Prediction));
        TrainingResult still = Trainer.Train(TrainingRequest.Continue(model, data), new TrainingOptions { Epochs = 2, BatchSize = 4, LearningRate = 0 });
        Assert.Equal(0, still.FinalTrainingLoss!.Value, 1e-9);
        Assert.Equal(31, ((ValuePrediction)new Predictor(model).Predict(null, new[] { 3, 1 }, 0, null)).Prediction);
    }

    [Fact]
    public void Columns_of_a_table_go_to_inputs_of_their_names_and_learn()
    {
        var table = new TableBuilder("table", ["right", "left", "y"], new TableOptions { Target = ["y"], Scale = FeatureScaling.Standardize });
        for (int i = 0; i < 40; i++) table.Add([i % 7, i % 5, 10.0 * (i % 5) + i % 7], i + 1);
        TrainingResult run = Trainer.Train(TrainingRequest.New(Network(), table.Build()), new TrainingOptions { Epochs = 200, BatchSize = 0, LearningRate = 0.3, Optimizer = new SgdOptimizer() });
        Assert.Equal(0, run.FinalTrainingLoss!.Value, 1e-4);
        var row = (ValuePrediction)new Predictor(run.Model).Predict(name => name == "left" ? 3 : 4, null, 0, null);
        Assert.Equal(34, row.Prediction, 0.05);
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        ModelFile.Export(run.Model, file, overwrite: false);
        Assert.Equal(row.Prediction, ((ValuePrediction)new Predictor(ModelFile.Import(file)).Predict(name => name == "left" ? 3 : 4, null, 0, null)).Prediction);
        File.Delete(file);
    }

    [Fact]
    public void Columns_of_a_table_are_cut_by_order_where_no_name_is_the_same()
    {
        var table = new TableBuilder("table", ["a", "b", "c", "y"], new TableOptions { Target = ["y"] });
        for (int i = 0; i < 4; i++) table.Add([i, 2 * i, 3 * i, 60.0 * i], i + 1);
        NetworkDefinition network = Network(width: 2);
        var model = new Model(network, new WeightSet([new WeightTensor("y.weight", new Shape(1, 3), [1, 10, 13]), new WeightTensor("y.bias", new Shape(1), [0])]));
        Assert.Equal(0, Measurer.Measure(model, table.Build(), new MeanSquaredErrorLoss()).Loss, 1e-9);
    }

    [Fact]
    public void What_does_not_fit_says_both_sides()
    {
        ExperimentException Refusal(NetworkDefinition network, Dataset data) => Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 1 }));
        ExperimentException few = Refusal(NetworkDefinition.Create(new Shape(1)).Add(new LinearLayer { OutFeatures = 1 }), Data("left", "right"));
        Assert.Equal("DataShapeMismatch", few.ErrorId);
        Assert.Contains("'input'", few.Message);
        Assert.Contains("'left', 'right'", few.Message);
        Assert.Equal("DataShapeMismatch", Refusal(Network("left", "extra"), Data("left", "right")).ErrorId);
        Assert.Contains("'right' has the shape [2]", Refusal(Network(width: 2), Data("left", "right")).Message);
        var table = new TableBuilder("table", ["left", "right", "spare", "y"], new TableOptions { Target = ["y"] });
        table.Add([1, 2, 3, 4], 1);
        Assert.Contains("'spare'", Refusal(Network(), table.Build()).Message);
        Assert.Contains("'extra' is not", Refusal(Network("left", "extra"), table.Build()).Message);
    }
}
