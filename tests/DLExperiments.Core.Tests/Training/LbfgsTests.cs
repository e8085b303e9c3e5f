using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;
using TorchSharp;

namespace DLExperiments.Tests.Training;

/// <summary>LBFGS against PyTorch's on Rosenbrock's function (tests/Reference/optimizers.py), against a closed form, and within the loop.</summary>
public class LbfgsTests
{
    private static readonly JsonArray Cases = ReferenceFacts.Read("optimizers.json")["closureCases"]!.AsArray();

    public static TheoryData<int, string> Places()
    {
        var places = new TheoryData<int, string>();
        for (int i = 0; i < Cases.Count; i++) places.Add(i, Cases[i]!["settings"]!.ToJsonString());
        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fifty_steps_equal_those_of_PyTorch(int place, string settings)
    {
        _ = settings;
        int evaluations = 0;
        Descend(place, 50, _ => false, (step, w, made) =>
        {
            evaluations += made;
            if (Cases[place]!["steps"]![step.ToString()] is not { } expected) return;
            // Float64 on both sides; the function's curvature of up to 10,000 multiplies what the order of operations leaves.
            foreach ((double e, double a) in ReferenceFacts.Numbers(expected["weights"]!).Zip(w.data<double>().ToArray()))
                Assert.True(Math.Abs(e - a) <= 1e-6 * Math.Max(1, Math.Abs(e)), $"step {step}: expected {e:R}, got {a:R}");
            Assert.Equal(expected["evaluations"]!.GetValue<int>(), evaluations);
        });
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Going_on_from_an_exported_state_gives_the_same_bits(int place, string settings)
    {
        _ = settings;
        float[] Run(int stop) => Descend(place, 20, step => step == stop, (_, _, _) => { }, torch.ScalarType.Float32).data<float>().ToArray();
        Assert.Equal(Run(stop: -1), Run(stop: 7));
    }

    [Fact]
    public void Full_batches_reach_the_least_squares_solution_in_a_few_epochs()
    {
        // t = 2a − 3b + 0.5 without noise: the loss has its minimum 0 there and nowhere else.
        (float A, float B)[] points = [(0, 0), (1, 0), (0, 1), (1, 1), (2, -1), (-1, 2), (0.5f, 3)];
        var data = TrainingData.Numbers("plane", [.. points.Select(p => new[] { p.A, p.B })], [.. points.Select(p => new[] { 2 * p.A - 3 * p.B + 0.5f })]);
        var network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 1 });
        TrainingResult result = Trainer.Train(TrainingRequest.New(network, data),
            new TrainingOptions { Loss = new MeanSquaredErrorLoss(), Optimizer = new LbfgsOptimizer(), BatchSize = 0, Epochs = 3 });
        Assert.Equal("Torch", result.Engine);
        float[] weights = [.. result.Model.Weights.Tensors.SelectMany(t => t.Values)];
        foreach ((double e, float a) in new[] { 2.0, -3, 0.5 }.Zip(weights)) Assert.Equal(e, a, 1e-3);
    }

    [Fact]
    public void A_ridge_penalty_and_parts_of_batches_are_in_every_evaluation()
    {
        // f(w) = (w − 3)² + λw² with one weight and no bias is least at 3/(1 + λ).
        var data = TrainingData.Numbers("three", [[1], [1], [1], [1]], [[3], [3], [3], [3]]);
        var network = NetworkDefinition.Create(new Shape(1)).Add(new LinearLayer { OutFeatures = 1, Bias = false });
        foreach (int parts in new[] { 1, 2 })
        {
            TrainingResult result = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions
            {
                Loss = new MeanSquaredErrorLoss(), Optimizer = new LbfgsOptimizer(), BatchSize = 0, Epochs = 2,
                Rules = new UpdateRules { Regularisers = [new L2Regulariser { Lambda = 0.5 }], BatchParts = parts },
            });
            Assert.Equal(2.0, result.Model.Weights.Tensors[0].Values[0], 1e-4);
            Assert.Equal(0.5 * 4, result.History[^1].Penalty!.Value, 1e-3);
        }
    }

    [Fact]
    public void Weight_decay_is_the_same_ridge()
    {
        var data = TrainingData.Numbers("three", [[1], [1]], [[3], [3]]);
        var network = NetworkDefinition.Create(new Shape(1)).Add(new LinearLayer { OutFeatures = 1, Bias = false });
        // (w − 3)² + ½λw² is least at 3/(1 + λ/2).
        TrainingResult result = Trainer.Train(TrainingRequest.New(network, data),
            new TrainingOptions { Loss = new MeanSquaredErrorLoss(), Optimizer = new LbfgsOptimizer { WeightDecay = 1 }, BatchSize = 0, Epochs = 2 });
        Assert.Equal(2.0, result.Model.Weights.Tensors[0].Values[0], 1e-4);
    }

    [Fact]
    public void Rules_that_no_loss_has_are_refused()
    {
        var options = new TrainingOptions { Optimizer = new LbfgsOptimizer(), Rules = new UpdateRules { ClipNorm = 1 } };
        var error = Assert.Throws<ExperimentException>(options.Validate);
        Assert.Equal("InvalidOptimizer", error.ErrorId);
        Assert.Contains("ClipNorm", error.Message);
    }

    private static torch.Tensor Descend(int place, int steps, Func<int, bool> export, Action<int, torch.Tensor, int> after, torch.ScalarType type = torch.ScalarType.Float64)
    {
        TorchLibrary.EnsureLoaded();
        Optimizer optimizer = Catalogue<Optimizer>.Default.Create("LBFGS", ReferenceFacts.Settings(Cases[place]!["settings"]!));
        torch.Tensor w = torch.tensor(ReferenceFacts.Numbers(ReferenceFacts.Read("optimizers.json")["start"]!)).to(type), g = torch.zeros_like(w);
        var state = new OptimizerState(w);
        int evaluations = 0;
        double Evaluate()
        {
            evaluations++;
            using var scope = torch.NewDisposeScope();
            torch.Tensor x = w.detach().clone().requires_grad_(true), left = x.narrow(0, 0, 5), right = x.narrow(0, 1, 5);
            torch.Tensor loss = (100 * (right - left * left).square() + (1 - left).square()).sum();
            loss.backward();
            g.copy_(x.grad!);
            return loss.ToDouble();
        }
        for (int step = 1; step <= steps; step++)
        {
            if (export(step))
            {
                OptimizerSnapshot kept = state.Export(optimizer);
                state.Dispose();
                state = new OptimizerState(w);
                state.Import(optimizer, kept);
            }
            evaluations = 0;
            double loss = Evaluate();
            optimizer.Step(state, w, g, optimizer.LearningRate, new LossEvaluation(loss, Evaluate));
            after(step, w, evaluations);
        }
        state.Dispose();
        return w;
    }
}
