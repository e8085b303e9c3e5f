using DLExperiments.Data;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Losses;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training;

/// <summary>The lecture's worked example: x = (4, -8, 4), two ReLU neurons a and b, linear output c, target 2, squared error.</summary>
public class WorkedExampleTests
{
    private static readonly NetworkDefinition Network = NetworkDefinition.Create(new Shape(3))
        .Add(new LinearLayer { OutFeatures = 2 }, "hidden").Add(new ReLULayer()).Add(new LinearLayer { OutFeatures = 1 }, "c");

    private static readonly Dataset Data = TrainingData.Numbers("worked example", [[4, -8, 4]], [[2]]);

    private static Model Start()
    {
        WeightSet weights = WeightSet.Initialise(Network, 0);
        new[] { .25f, .75f, .75f, .5f, .125f, .25f }.CopyTo(weights["hidden.weight"].Values, 0);
        new[] { 1f, 1f }.CopyTo(weights["hidden.bias"].Values, 0);
        new[] { .5f, .125f }.CopyTo(weights["c.weight"].Values, 0);
        new[] { .5f }.CopyTo(weights["c.bias"].Values, 0);
        return new Model(Network, weights);
    }

    [Fact]
    public void One_step_of_plain_gradient_descent_gives_the_lectures_weights()
    {
        var options = new TrainingOptions { Optimizer = new SgdOptimizer(), LearningRate = 0.01, Epochs = 2, BatchSize = 1, Loss = new MeanSquaredErrorLoss() };
        TrainingResult one = Trainer.Train(TrainingRequest.Continue(Start(), Data), options with { Epochs = 1 });

        // The lecture gives seven or eight digits, and float32 has 24 bits: a few units of the seventh digit.
        Assert.Equal(1.265625, one.History[0].TrainingLoss, 7);
        Near([.25f, .75f, .75f, .51125f, .1025f, .26125f], one.Model.Weights["hidden.weight"].Values);
        Near([1f, 1.0028125f], one.Model.Weights["hidden.bias"].Values);
        Near([.5f, .1925f], one.Model.Weights["c.weight"].Values);
        Near([.5225f], one.Model.Weights["c.bias"].Values);

        // The second epoch's loss is that of the new weights: h = 1.1525164, error .7182284.
        TrainingResult two = Trainer.Train(TrainingRequest.Continue(Start(), Data), options);
        Assert.Equal(.7182284, two.History[1].TrainingLoss, 5e-7);
        Assert.Equal(1.1525164, 2 - Math.Sqrt(two.History[1].TrainingLoss), 5e-7);
    }

    [Fact]
    public void The_gradients_are_the_lectures()
    {
        // With a learning rate of 1 the change of a weight is minus its gradient.
        TrainingResult run = Trainer.Train(TrainingRequest.Continue(Start(), Data),
            new TrainingOptions { Optimizer = new SgdOptimizer(), LearningRate = 1, Epochs = 1, BatchSize = 0 });
        WeightSet before = Start().Weights, after = run.Model.Weights;
        float[] Gradient(string name) => [.. before[name].Values.Zip(after[name].Values, (b, a) => b - a)];
        Near([-2.25f], Gradient("c.bias"));
        Near([0, -6.75f], Gradient("c.weight"));
        Near([0, -.28125f], Gradient("hidden.bias"));
        Near([0, 0, 0, -1.125f, 2.25f, -1.125f], Gradient("hidden.weight"));
    }

    [Fact]
    public void A_loss_that_is_chosen_by_the_data_is_the_mean_squared_error_for_numbers() =>
        Assert.Equal("MSE", Trainer.Train(TrainingRequest.New(Network, Data), new TrainingOptions { Epochs = 1 }).Loss);

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach ((float e, float a) in expected.Zip(actual)) Assert.Equal(e, a, 2e-6f);
    }
}
