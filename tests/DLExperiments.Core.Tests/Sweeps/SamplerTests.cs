using System.Collections;
using System.Collections.Specialized;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using Xunit.Abstractions;

namespace DLExperiments.Tests.Sweeps;

public class SamplerTests(ITestOutputHelper output)
{
    [Fact]
    public void Grid_takes_every_combination_once()
    {
        SweepSpace space = SweepSpace.From(new OrderedDictionary
        {
            ["o"] = new object[] { "Adam", "SGD" }, ["m"] = "0, 0.5, 0.9 when o = SGD", ["r"] = "log 1e-3..1e-1", ["n"] = "int 1..100", ["s"] = "int 16..256 step 16",
        });
        var grid = new GridSampler { Levels = 3 };
        // Adam alone and SGD with three momenta, three rates, three of the hundred, and all sixteen of the step.
        Assert.Equal((1 + 3) * 3 * 3 * 16, grid.CountIn(space.Cube));
        string[] all = [.. Enumerable.Range(0, 576).Select(i => space.At(grid.Sample(space.Cube, 0, i, [])).ToString())];
        Assert.Equal(576, all.Distinct().Count());
        Assert.Equal("n=1 o=Adam r=0.001 s=16", all[0]);
        Assert.Equal("m=0.9 n=100 o=SGD r=0.1 s=256", all[^1]);
        var shuffled = new GridSampler { Levels = 3, Shuffle = true };
        string[] mixed = [.. Enumerable.Range(0, 576).Select(i => space.At(shuffled.Sample(space.Cube, 0, i, [])).ToString())];
        Assert.Equal(all.Order(), mixed.Order());
        Assert.NotEqual(all, mixed);
    }

    [Theory]
    [InlineData("Random")]
    [InlineData("Halton")]
    public void A_point_is_a_pure_function_of_seed_and_number(string name)
    {
        SampleCube cube = Continuous(4);
        double[][] forward = [.. Enumerable.Range(0, 50).Select(i => Make(name).Sample(cube, 7, i, []))];
        double[][] backward = [.. Enumerable.Range(0, 50).Reverse().Select(i => Make(name).Sample(cube, 7, i, []))];
        Assert.Equal(forward, backward.Reverse());
        Assert.NotEqual(forward[3], Make(name).Sample(cube, 8, 3, []));
        Assert.All(forward.SelectMany(p => p), u => Assert.InRange(u, 0, 1));
    }

    [Fact]
    public void Halton_fills_every_part_once()
    {
        SampleCube cube = Continuous(3);
        int[] primes = [2, 3, 5], counts = [64, 81, 125];
        for (int d = 0; d < 3; d++)
        {
            // The first b^k values in base b lie one in each b^k-th part: the definition of a (0,1)-sequence, which permuted digits keep.
            int[] parts = [.. Enumerable.Range(0, counts[d]).Select(i => (int)(new HaltonSampler().Sample(cube, 3, i, [])[d] * counts[d]))];
            Assert.Equal(Enumerable.Range(0, counts[d]), parts.Order());
        }
        Assert.Equal(2, primes[0]);
    }

    [Theory]
    [InlineData("TPE")]
    [InlineData("GaussianProcess")]
    public void A_model_is_a_pure_function_of_its_history(string name)
    {
        SampleCube cube = Continuous(2);
        SamplePoint[] history = [.. Enumerable.Range(0, 30).Select(i => Try(cube, new RandomSampler(), i, [], u => u[0] + u[1]))];
        Assert.Equal(Make(name).Sample(cube, 1, 30, history), Make(name).Sample(cube, 1, 30, history));
        Assert.NotEqual(Make(name).Sample(cube, 1, 30, history), Make(name).Sample(cube, 1, 31, history));
    }

    /// <summary>Branin and Hartmann6: the usual test functions of the field (Surjanovic and Bingham, Virtual Library of Simulation Experiments).</summary>
    [Theory]
    [InlineData("TPE", "Branin", 60)]
    [InlineData("TPE", "Hartmann6", 120)]
    [InlineData("GaussianProcess", "Branin", 30)]
    [InlineData("GaussianProcess", "Hartmann6", 50)]
    public void A_model_beats_random_points(string name, string function, int trials)
    {
        (int dimensions, double minimum, Func<double[], double> f) = function == "Branin" ? (2, .397887, Branin) : (6, -3.32237, (Func<double[], double>)Hartmann6);
        SampleCube cube = Continuous(dimensions);
        double[] model = new double[20], random = new double[20];
        for (int seed = 0; seed < 20; seed++)
        {
            model[seed] = Best(Make(name), cube, seed, trials, f) - minimum;
            random[seed] = Best(new RandomSampler(), cube, seed, trials, f) - minimum;
        }
        // Paired t statistic of the logarithms of the regrets, which are close to normal where the regrets are not.
        var difference = new SampleSummary(model.Zip(random, (m, r) => Math.Log(m) - Math.Log(r)));
        double t = difference.Mean / (difference.StandardDeviation / Math.Sqrt(20)), p = StudentT.Cumulative(t, 19);
        output.WriteLine($"{function}, {trials} trials, 20 seeds: mean regret {model.Average():G3} ({name}) against {random.Average():G3} (random); "
            + $"better in {model.Zip(random).Count(x => x.First < x.Second)} of 20; ratio of geometric means {Math.Exp(difference.Mean):G3}; t = {t:F2}, p = {p:G2}.");
        Assert.All(model.Concat(random), regret => Assert.True(regret > -1e-4, "nothing is below the known minimum"));
        Assert.True(p < .01, $"p = {p}");
    }

    [Theory]
    // Tables of the normal distribution (Abramowitz and Stegun, table 26.1 and 26.2).
    [InlineData(0, .5)]
    [InlineData(1, .841344746)]
    [InlineData(-1.96, .0249978951)]
    [InlineData(-3, 1.349898032e-3)]
    [InlineData(-5, 2.866515719e-7)]
    [InlineData(-8, 6.220960574e-16)]
    public void Normal_shares_are_those_of_the_tables(double z, double share) =>
        Assert.Equal(share, ParzenDensity.NormalShare(z), z < -2 ? share * 1e-8 : 2e-7);

    [Fact]
    public void Tpe_learns_which_choice_is_best_and_what_goes_with_it()
    {
        SweepSpace space = SweepSpace.From(new OrderedDictionary { ["kind"] = new object[] { "a", "b", "c", "d" }, ["x"] = "0..1 when kind = c" });
        var sampler = new TpeSampler();
        var history = new List<SamplePoint>();
        for (int i = 0; i < 60; i++)
            history.Add(Try(space.Cube, sampler, i, history, u => (int)(u[0] * 4) == 2 ? Math.Abs(u[1] - .3) : 1));
        Assert.True(history.Skip(30).Count(p => (int)(p.Place[0] * 4) == 2) > 15, "more than half of the later points take the best choice, chance alone would give 7");
        Assert.True(history.Min(p => p.Cost) < .01);
        Assert.All(history.Where(p => (int)(p.Place[0] * 4) != 2), p => Assert.True(double.IsNaN(p.Place[1])));
    }

    [Fact]
    public void Failed_points_are_avoided_and_do_no_harm()
    {
        SampleCube cube = Continuous(1);
        var history = new List<SamplePoint>();
        for (int i = 0; i < 40; i++)
            history.Add(Try(cube, new TpeSampler(), i, history, u => u[0] > .5 ? double.NaN : 1 - u[0]));
        Assert.True(history.Skip(10).Count(p => double.IsNaN(p.Cost)) < 15, "half of 30 would fail by chance");
    }

    private static Sampler Make(string name) => Catalogues.Catalogue<Sampler>.Default.Create(name);

    private static SampleCube Continuous(int dimensions) => new([.. Enumerable.Repeat(new CubeDimension(null, false, false, -1, []), dimensions)]);

    private static SamplePoint Try(SampleCube cube, Sampler sampler, int index, IReadOnlyList<SamplePoint> history, Func<double[], double> f, long seed = 0)
    {
        double[] point = sampler.Sample(cube, seed, index, history);
        return new SamplePoint(index, point, f(point), false);
    }

    private static double Best(Sampler sampler, SampleCube cube, int seed, int trials, Func<double[], double> f)
    {
        var history = new List<SamplePoint>();
        for (int i = 0; i < trials; i++) history.Add(Try(cube, sampler, i, history, f, seed));
        return history.Min(p => p.Cost);
    }

    private static double Branin(double[] u)
    {
        double x = -5 + 15 * u[0], y = 15 * u[1];
        double a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
    }

    private static double Hartmann6(double[] u)
    {
        double[] alpha = [1, 1.2, 3, 3.2];
        double[,] a = { { 10, 3, 17, 3.5, 1.7, 8 }, { .05, 10, 17, .1, 8, 14 }, { 3, 3.5, 1.7, 10, 17, 8 }, { 17, 8, .05, 10, .1, 14 } };
        double[,] p = { { 1312, 1696, 5569, 124, 8283, 5886 }, { 2329, 4135, 8307, 3736, 1004, 9991 }, { 2348, 1451, 3522, 2883, 3047, 6650 }, { 4047, 8828, 8732, 5743, 1091, 381 } };
        double sum = 0;
        for (int i = 0; i < 4; i++)
        {
            double inner = 0;
            for (int j = 0; j < 6; j++) inner += a[i, j] * Math.Pow(u[j] - 1e-4 * p[i, j], 2);
            sum -= alpha[i] * Math.Exp(-inner);
        }
        return sum;
    }
}
