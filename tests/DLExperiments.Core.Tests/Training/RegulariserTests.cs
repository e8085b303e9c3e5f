using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training;

/// <summary>Penalties against the closed forms of linear regression: min (1/n)|Xw - y|² + λΩ(w).</summary>
public class RegulariserTests
{
    // Columns of a Hadamard matrix: XᵀX/n = I, so the least-squares solution is Xᵀy/n and each penalty acts on each weight alone.
    private static readonly float[][] Orthogonal = [.. Enumerable.Range(0, 8).Select(r => Enumerable.Range(1, 4).Select(c => (Popcount(r & c) & 1) == 0 ? 1f : -1f).ToArray())];

    // A design without such luck.
    private static readonly float[][] Oblique = [[1, 2, 0], [0.5f, -1, 1], [2, 0, -1], [-1, 1, 0.5f], [0, 1, 1], [1.5f, 0.5f, -0.5f]];
    private static readonly double[] Response = [3, -1, 2, 0.5, 1, 2.5];
    private static readonly double[] TrueWeights = [1.5, -0.05, 0.3, -2];

    [Fact]
    public void The_catalogue_has_them_all() =>
        Assert.Equal(["Activation", "ElasticNet", "L1", "L2", "Tikhonov"], Catalogue<Regulariser>.Default.Entries.Select(e => e.Name));

    [Fact]
    public void L2_gives_the_ridge_solution()
    {
        double[][] gram = Gram(Oblique), identity = Diagonal(0.3);
        Near(Solve(Add(gram, identity), Moment(Oblique, Response)), Fit(Oblique, Response, new L2Regulariser { Lambda = 0.3 }), 1e-5);
    }

    [Fact]
    public void Tikhonov_gives_its_solution_for_a_given_matrix()
    {
        double[][] gamma = [[1, -1, 0], [0, 1, -1]]; // first differences: weights want to be alike
        double[][] penalty = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Select(j => 0.7 * gamma.Sum(r => r[i] * r[j])).ToArray())];
        Near(Solve(Add(Gram(Oblique), penalty), Moment(Oblique, Response)), Fit(Oblique, Response, new TikhonovRegulariser { Lambda = 0.7, Matrix = gamma }), 1e-5);
    }

    [Fact]
    public void Tikhonov_of_the_unit_matrix_is_L2() => Near(Fit(Oblique, Response, new L2Regulariser { Lambda = 0.2 }),
        Fit(Oblique, Response, new TikhonovRegulariser { Lambda = 0.2, Matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] }), 1e-6);

    [Fact]
    public void Proximal_L1_gives_soft_thresholding_with_true_zeros()
    {
        double[] y = Predict(Orthogonal, TrueWeights), w = Fit(Orthogonal, y, new L1Regulariser { Lambda = 0.2, Proximal = true });
        Near([.. TrueWeights.Select(v => Soft(v, 0.1))], w, 1e-5); // (w - v)² + λ|w| is least at S(v, λ/2)
        Assert.Equal(0, w[1]);
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void A_proximal_step_with_a_factor_of_the_rate_is_that_of_the_smaller_rate(EngineChoice engine)
    {
        // S(w - ηfg, ηfλ), not the share f of the way to S(w - ηg, ηλ), which never arrives at 0.
        TrainingRequest request = TrainingRequest.New(TrainingData.Mlp(2, 3, 12), TrainingData.Clouds(60, 3));
        var rules = new UpdateRules { Regularisers = [new L1Regulariser { Lambda = 0.05, Proximal = true }] };
        var options = new TrainingOptions { Engine = engine, Optimizer = new SgdOptimizer(), LearningRate = 0.05, Epochs = 40, BatchSize = 10, Rules = rules };
        float[] small = Flat(options), factor = Flat(options with
        {
            LearningRate = 0.2, Rules = rules with { LearningRateFactors = new Dictionary<string, double> { ["*"] = 0.25 } },
        });
        Assert.InRange(small.Count(w => w == 0), 5, small.Length - 5);
        for (int i = 0; i < small.Length; i++) Assert.Equal(small[i], factor[i], 1e-4f); // 240 steps with roundings of 1e-7
        Assert.Equal(small.Select(w => w == 0), factor.Select(w => w == 0));

        float[] Flat(TrainingOptions how) => [.. Trainer.Train(request, how).Model.Weights.Tensors.SelectMany(t => t.Values)];
    }

    [Fact]
    public void The_subgradient_of_L1_comes_as_near_as_its_step()
    {
        double[] y = Predict(Orthogonal, TrueWeights), w = Fit(Orthogonal, y, new L1Regulariser { Lambda = 0.2 });
        Near([.. TrueWeights.Select(v => Soft(v, 0.1))], w, 0.1 * 0.2 * 2); // around 0 it jumps by at most ηλ and the loss's own step
    }

    [Fact]
    public void Proximal_elastic_net_gives_its_solution()
    {
        double[] y = Predict(Orthogonal, TrueWeights);
        double[] w = Fit(Orthogonal, y, new ElasticNetRegulariser { Lambda = 0.1, L1Factor = 2, L2Factor = 3, Proximal = true });
        Near([.. TrueWeights.Select(v => Soft(v, 0.1) / 1.3)], w, 1e-5); // (w - v)² + λ(a|w| + bw²): S(v, λa/2)/(1 + λb)
    }

    [Fact]
    public void An_activation_penalty_shrinks_what_a_layer_puts_out()
    {
        // (wx - y)² + λ(wx)² is least at the least-squares solution divided by 1 + λ.
        double[] y = Predict(Orthogonal, TrueWeights);
        Near([.. TrueWeights.Select(v => v / 1.5)], Fit(Orthogonal, y, new ActivationRegulariser { Lambda = 0.5, Squared = true, Layer = ["linear_1"] }), 1e-5);
    }

    [Fact]
    public void Biases_are_left_alone_unless_asked_for()
    {
        Dataset data = TrainingData.Numbers("constant", [[0], [0], [0], [0]], [[2], [4], [3], [3]]);
        double Bias(bool penalised) => Train(NetworkDefinition.Create(new Shape(1)).Add(new LinearLayer { OutFeatures = 1 }), data,
            new UpdateRules { Regularisers = [new L2Regulariser { Lambda = 0.5, Bias = penalised }] }).Model.Weights["linear_1.bias"].Values[0];
        Assert.Equal(3, Bias(false), 1e-5);
        Assert.Equal(2, Bias(true), 1e-5); // mean((b - y)²) + λb²: b = mean(y)/(1 + λ)
    }

    [Fact]
    public void The_penalty_is_reported_apart_from_the_loss()
    {
        Dataset data = TrainingData.Clouds(40, 3);
        NetworkDefinition network = TrainingData.Mlp(2, 3, 5);
        TrainingOptions options = new() { Engine = EngineChoice.Torch, Epochs = 1, LearningRate = 0, BatchSize = 8 };
        TrainingResult plain = Trainer.Train(TrainingRequest.New(network, data), options);
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), options with
        {
            Rules = new UpdateRules { Regularisers = [new L2Regulariser { Lambda = 0.1 }, new L1Regulariser { Lambda = 0.01, Layer = ["linear_2"] }] },
        });
        double Sum(string name, Func<float, double> of) => run.Model.Weights[name].Values.Sum(of);
        Assert.Null(plain.History[0].Penalty);
        Assert.Equal(plain.History[0].TrainingLoss, run.History[0].TrainingLoss);
        double expected = 0.1 * (Sum("linear_1.weight", v => v * v) + Sum("linear_2.weight", v => v * v)) + 0.01 * Sum("linear_2.weight", v => Math.Abs(v));
        Assert.Equal(expected, run.History[0].Penalty!.Value, 1e-6);
    }

    [Fact]
    public void L1_activations_are_those_of_hidden_layers()
    {
        Dataset data = TrainingData.Numbers("one", [[1f, 2f]], [[0f]]);
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 3 }).Add(new TanhLayer()).Add(new LinearLayer { OutFeatures = 1 }).Add(new TanhLayer());
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions
        {
            Epochs = 1, LearningRate = 0, Rules = new UpdateRules { Regularisers = [new ActivationRegulariser { Lambda = 0.5 }] },
        });
        float[] w = run.Model.Weights["linear_1.weight"].Values, b = run.Model.Weights["linear_1.bias"].Values;
        double expected = 0.5 * Enumerable.Range(0, 3).Sum(i => Math.Abs(Math.Tanh(w[2 * i] + 2 * w[2 * i + 1] + b[i])));
        Assert.Equal(expected, run.History[0].Penalty!.Value, 1e-6);
    }

    [Fact]
    public void What_does_not_fit_the_network_is_refused()
    {
        NetworkDefinition network = TrainingData.Mlp(2, 3, 5);
        string Refusal(Regulariser regulariser) => Assert.Throws<ExperimentException>(() => new UpdateRules { Regularisers = [regulariser] }.Validate(network)).ErrorId;
        Assert.Equal("UnknownLayer", Refusal(new L2Regulariser { Lambda = 1, Layer = ["conv*"] }));
        Assert.Equal("InvalidRegulariser", Refusal(new TikhonovRegulariser { Lambda = 1, Matrix = [[1, 2]] }));
        Assert.Equal("InvalidRegulariser", Refusal(new TikhonovRegulariser { Lambda = 1, Matrix = [[1, 2], [1]] }));
        Assert.Equal("MissingParameter", Assert.Throws<ExperimentException>(() => Catalogue<Regulariser>.Default.Create("L2")).ErrorId);
    }

    private static TrainingResult Train(NetworkDefinition network, Dataset data, UpdateRules rules) => Trainer.Train(TrainingRequest.New(network, data),
        new TrainingOptions { Epochs = 2000, BatchSize = 0, Optimizer = new SgdOptimizer(), LearningRate = 0.1, Loss = new MeanSquaredErrorLoss(), Rules = rules });

    private static double[] Fit(float[][] x, double[] y, Regulariser regulariser) => [.. Train(
        NetworkDefinition.Create(new Shape(x[0].Length)).Add(new LinearLayer { OutFeatures = 1, Bias = false }),
        TrainingData.Numbers("regression", x, [.. y.Select(v => new[] { (float)v })]),
        new UpdateRules { Regularisers = [regulariser] }).Model.Weights["linear_1.weight"].Values.Select(v => (double)v)];

    private static double Soft(double v, double by) => Math.Sign(v) * Math.Max(Math.Abs(v) - by, 0);

    private static int Popcount(int bits) => System.Numerics.BitOperations.PopCount((uint)bits);

    private static double[] Predict(float[][] x, double[] w) => [.. x.Select(r => r.Select((v, i) => v * w[i]).Sum())];

    private static double[][] Gram(float[][] x) => [.. Enumerable.Range(0, x[0].Length).Select(i =>
        Enumerable.Range(0, x[0].Length).Select(j => x.Average(r => (double)r[i] * r[j])).ToArray())];

    private static double[] Moment(float[][] x, double[] y) => [.. Enumerable.Range(0, x[0].Length).Select(i => x.Select((r, n) => r[i] * y[n]).Average())];

    private static double[][] Diagonal(double value) => [[value, 0, 0], [0, value, 0], [0, 0, value]];

    private static double[][] Add(double[][] a, double[][] b) => [.. a.Select((r, i) => r.Select((v, j) => v + b[i][j]).ToArray())];

    /// <summary>Gaussian elimination; the matrices here are positive definite.</summary>
    private static double[] Solve(double[][] a, double[] b)
    {
        int n = b.Length;
        for (int p = 0; p < n; p++)
            for (int r = p + 1; r < n; r++)
            {
                double factor = a[r][p] / a[p][p];
                for (int c = p; c < n; c++) a[r][c] -= factor * a[p][c];
                b[r] -= factor * b[p];
            }
        double[] x = new double[n];
        for (int r = n - 1; r >= 0; r--) x[r] = (b[r] - Enumerable.Range(r + 1, n - r - 1).Sum(c => a[r][c] * x[c])) / a[r][r];
        return x;
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"weight {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }
}
