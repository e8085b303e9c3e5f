using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Tests.Training;

/// <summary>Every optimizer against 50 steps of PyTorch's (tests/Reference/optimizers.py says how they were made).</summary>
public class OptimizerFactTests
{
    private static readonly JsonNode Facts = ReferenceFacts.Read("optimizers.json");

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        JsonArray all = Facts["cases"]!.AsArray();
        for (int i = 0; i < all.Count; i++) cases.Add(i, $"{all[i]!["optimizer"]} {all[i]!["settings"]!.ToJsonString()}");
        return cases;
    }

    [Fact]
    public void Every_optimizer_has_a_case() => Assert.Empty(Catalogue<Optimizer>.Default.Entries.Select(e => e.Name)
        .Except(Facts["cases"]!.AsArray().Concat(Facts["closureCases"]!.AsArray()).Select(c => c!["optimizer"]!.GetValue<string>())));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fifty_steps_equal_those_of_PyTorch(int place, string name)
    {
        _ = name;
        JsonNode fact = Facts["cases"]![place]!;
        Optimizer optimizer = Make(fact);
        (torch.Tensor w, torch.Tensor g) = Start();
        using var state = new OptimizerState(w);
        for (int step = 1; step <= 50; step++)
        {
            SetGradient(w, g);
            optimizer.Step(state, w, g, optimizer.LearningRate);
            if (fact["weights"]![step.ToString()] is not { } expected) continue;
            // Both are float64; only the order of operations differs.
            foreach ((double e, double a) in ReferenceFacts.Numbers(expected).Zip(w.data<double>().ToArray()))
                Assert.True(Math.Abs(e - a) <= 1e-9 * Math.Max(1, Math.Abs(e)), $"step {step}: expected {e:R}, got {a:R}");
        }
    }

    [Theory]
    [InlineData(EngineChoice.Torch, 0)]
    [InlineData(EngineChoice.Torch, 0.5)]
    [InlineData(EngineChoice.Fused, 0)]
    [InlineData(EngineChoice.Fused, 0.5)]
    public void Centered_RMSprop_takes_gradients_that_stay_the_same(EngineChoice engine, double momentum)
    {
        // The gradient of the absolute error far below all targets: -mean(x) for each weight, at every step. Its variance comes to 0, and by rounding below.
        const int Steps = 400, Inputs = 40;
        const double Alpha = 0.9, Rate = 1e-4, Eps = 0.1;
        float[][] x = [.. Enumerable.Range(0, 7).Select(r => Enumerable.Range(0, Inputs).Select(c => 1 + MathF.Sin(r + 3 * c)).ToArray())];
        Dataset data = TrainingData.Numbers("far", x, [.. x.Select(_ => new[] { 1e4f })]);
        NetworkDefinition network = NetworkDefinition.Create(new Shape(Inputs)).Add(new LinearLayer { OutFeatures = 1, Bias = false });
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions
        {
            Engine = engine, Loss = new MeanAbsoluteErrorLoss(), Epochs = Steps, BatchSize = 0, LearningRate = Rate,
            Optimizer = new RmsPropOptimizer { Centered = true, Alpha = Alpha, Eps = Eps, Momentum = momentum },
        });
        float[] start = WeightSet.Initialise(network, 0).Tensors[0].Values, end = run.Model.Weights.Tensors[0].Values;
        for (int c = 0; c < Inputs; c++)
        {
            // With s = 1 - αᵗ the mean square is sg² and the mean sg.
            double g = x.Average(r => (double)r[c]), velocity = 0, moved = 0;
            for (int t = 1; t <= Steps; t++)
            {
                double s = 1 - Math.Pow(Alpha, t);
                velocity = momentum * velocity + g / (Math.Sqrt(s * (1 - s)) * g + Eps);
                moved += Rate * velocity;
            }
            // The averages keep some ten roundings of 6e-8: a variance of 6e-7 g², which is a deviation of 8e-4 g beside ε, with g of 2 at most.
            Assert.True(Math.Abs(end[c] - start[c] - moved) < 0.02 * moved, $"weight {c} moved by {end[c] - start[c]}, not {moved}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_float32_they_stay_within_a_millionth(int place, string name)
    {
        _ = name;
        JsonNode fact = Facts["cases"]![place]!;
        Optimizer optimizer = Make(fact);
        (torch.Tensor exact, torch.Tensor g) = Start();
        using torch.Tensor w = exact.to(torch.ScalarType.Float32);
        using var state = new OptimizerState(w);
        for (int step = 1; step <= 50; step++)
        {
            exact.copy_(w);
            SetGradient(exact, g);
            using torch.Tensor single = g.to(torch.ScalarType.Float32);
            optimizer.Step(state, w, single, optimizer.LearningRate);
        }
        // 50 steps round 50 times at 6e-8 of weights of about 1, and the curvature damps or (sine) doubles some of it. Centered RMSprop
        // takes the difference of two nearly equal squares where a gradient hardly changes, which leaves half the digits.
        double tolerance = optimizer is RmsPropOptimizer { Centered: true } ? 1e-4 : 5e-6;
        foreach ((double e, float a) in ReferenceFacts.Numbers(fact["weights"]!["50"]!).Zip(w.data<float>().ToArray()))
            Assert.True(Math.Abs(e - a) <= tolerance * Math.Max(1, Math.Abs(e)), $"expected {e:R}, got {a:R}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Going_on_from_an_exported_state_gives_the_same_bits(int place, string name)
    {
        _ = name;
        Optimizer optimizer = Make(Facts["cases"]![place]!);
        float[] Run(int stop)
        {
            (torch.Tensor exact, torch.Tensor g) = Start();
            torch.Tensor w = exact.to(torch.ScalarType.Float32);
            var state = new OptimizerState(w);
            for (int step = 0; step < 20; step++)
            {
                if (step == stop)
                {
                    OptimizerSnapshot kept = state.Export(optimizer);
                    state.Dispose();
                    state = new OptimizerState(w);
                    state.Import(optimizer, kept);
                }
                exact.copy_(w);
                SetGradient(exact, g);
                optimizer.Step(state, w, g.to(torch.ScalarType.Float32), optimizer.LearningRate);
            }
            state.Dispose();
            return w.data<float>().ToArray();
        }
        Assert.Equal(Run(stop: -1), Run(stop: 7));
    }

    [Fact]
    public void A_state_of_another_optimizer_or_size_is_refused()
    {
        (torch.Tensor w, _) = Start();
        using var state = new OptimizerState(w);
        var adam = new AdamOptimizer();
        var error = Assert.Throws<ExperimentException>(() => state.Import(adam, new OptimizerSnapshot("SGD", 3, new Dictionary<string, float[]>())));
        Assert.Equal("OptimizerStateMismatch", error.ErrorId);
        error = Assert.Throws<ExperimentException>(() => state.Import(adam, new OptimizerSnapshot("Adam", 3, new Dictionary<string, float[]> { ["ExpAvg"] = [1, 2] })));
        Assert.Contains("ExpAvg", error.Message);
    }

    [Fact]
    public void Nesterov_without_momentum_is_refused() =>
        Assert.Equal("InvalidOptimizer", Assert.Throws<ExperimentException>(() => new SgdOptimizer { Nesterov = true }.Validate()).ErrorId);

    private static Optimizer Make(JsonNode fact) =>
        Catalogue<Optimizer>.Default.Create(fact["optimizer"]!.GetValue<string>(), ReferenceFacts.Settings(fact["settings"]!));

    private static (torch.Tensor W, torch.Tensor G) Start()
    {
        TorchLibrary.EnsureLoaded();
        torch.Tensor w = torch.tensor(ReferenceFacts.Numbers(Facts["start"]!));
        return (w, torch.zeros_like(w));
    }

    /// <summary>The gradient of the script's function: c (w - t) + 3 a cos(3 w).</summary>
    private static void SetGradient(torch.Tensor w, torch.Tensor g)
    {
        double[] c = ReferenceFacts.Numbers(Facts["curvature"]!), t = ReferenceFacts.Numbers(Facts["target"]!), at = w.data<double>().ToArray();
        double a = Facts["ripple"]!.GetValue<double>();
        using torch.Tensor gradient = torch.tensor([.. at.Select((x, i) => c[i] * (x - t[i]) + 3 * a * Math.Cos(3 * x))]);
        g.copy_(gradient);
    }
}
