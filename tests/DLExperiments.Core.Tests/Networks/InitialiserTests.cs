using System.Collections;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;

namespace DLExperiments.Tests.Networks;

public class InitialiserTests
{
    private const int FanIn = 300, FanOut = 200, Count = FanIn * FanOut;

    private static float[] Fill(string name, Hashtable? settings = null, long seed = 7)
    {
        float[] values = new float[Count];
        Initialiser made = Catalogue<Initialiser>.Default.Create(name, settings);
        made.Fill(values, new ParameterSpec("weight", new Shape(FanOut, FanIn), made, FanIn, FanOut), new RandomStream(seed, RandomPurpose.Initialisation));
        return values;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(1300)]
    public void Uniform_values_are_the_stream_s_numbers_one_after_the_other(int count)
    {
        Initialiser made = Catalogue<Initialiser>.Default.Create("Uniform", new Hashtable { ["Minimum"] = -0.3, ["Maximum"] = 0.7 });
        float[] values = new float[count];
        RandomStream one = new(3, RandomPurpose.Initialisation), other = new(3, RandomPurpose.Initialisation);
        // Not at the start of a block of the stream.
        Assert.Equal(one.NextUInt32(), other.NextUInt32());
        made.Fill(values, new ParameterSpec("weight", new Shape(count), made, count, count), one);
        foreach (float value in values) Assert.Equal((float)other.NextUniform(-0.3, 0.7), value);
        Assert.Equal(one.NextUInt32(), other.NextUInt32());
    }

    private static Hashtable Kaiming(string mode, string nonlinearity, double slope = 0) =>
        new() { ["Mode"] = mode, ["Nonlinearity"] = nonlinearity, ["NegativeSlope"] = slope };

    public static TheoryData<string, Hashtable, double> Uniforms => new()
    {
        { "Uniform", new() { ["Minimum"] = -0.3, ["Maximum"] = 0.3 }, 0.3 },
        { "PyTorchDefault", [], 1 / Math.Sqrt(FanIn) },
        { "XavierUniform", [], Math.Sqrt(6.0 / (FanIn + FanOut)) },
        { "XavierUniform", new() { ["Gain"] = 5 / 3.0 }, 5 / 3.0 * Math.Sqrt(6.0 / (FanIn + FanOut)) },
        { "KaimingUniform", [], Math.Sqrt(6.0 / FanIn) },
        { "KaimingUniform", Kaiming("FanOut", "Tanh"), 5 / 3.0 * Math.Sqrt(3.0 / FanOut) },
        { "KaimingUniform", Kaiming("FanIn", "LeakyReLU", Math.Sqrt(5)), 1 / Math.Sqrt(FanIn) },
        { "LecunUniform", [], Math.Sqrt(3.0 / FanIn) },
    };

    public static TheoryData<string, Hashtable, double, double> Normals => new()
    {
        { "Normal", new() { ["Mean"] = 0.2, ["Std"] = 0.05 }, 0.2, 0.05 },
        { "XavierNormal", [], 0, Math.Sqrt(2.0 / (FanIn + FanOut)) },
        { "KaimingNormal", [], 0, Math.Sqrt(2.0 / FanIn) },
        { "KaimingNormal", Kaiming("FanOut", "ReLU"), 0, Math.Sqrt(2.0 / FanOut) },
        { "KaimingNormal", Kaiming("FanIn", "SELU"), 0, 0.75 / Math.Sqrt(FanIn) },
        { "KaimingNormal", Kaiming("FanIn", "Sigmoid"), 0, 1 / Math.Sqrt(FanIn) },
        { "KaimingNormal", Kaiming("FanIn", "Linear"), 0, 1 / Math.Sqrt(FanIn) },
        { "LecunNormal", [], 0, 1 / Math.Sqrt(FanIn) },
        // A normal cut at ±2 keeps the standard deviation 0.87962566103423978 (1 - 2·2φ(2)/(2Φ(2) - 1), root).
        { "TruncatedNormal", [], 0, 0.87962566103423978 },
    };

    [Theory]
    [MemberData(nameof(Uniforms))]
    public void UniformOnesFillTheirBounds(string name, Hashtable settings, double bound)
    {
        float[] values = Fill(name, settings);
        Assert.All(values, v => Assert.InRange(v, -bound * 1.000001, bound * 1.000001));
        // The largest of 60,000 misses the bound by about 1/60,000 of the range; a thousandth is far out.
        Assert.InRange(values.Max(), bound * 0.999, bound);
        Assert.InRange(values.Min(), -bound, -bound * 0.999);
        // Five standard errors of mean (b/√(3n)) and of variance (b² √(4/45n)).
        Assert.Equal(0, values.Average(v => (double)v), 5 * bound / Math.Sqrt(3.0 * Count));
        Assert.Equal(bound * bound / 3, values.Average(v => (double)v * v), 5 * bound * bound * Math.Sqrt(4.0 / 45 / Count));
    }

    [Theory]
    [MemberData(nameof(Normals))]
    public void NormalOnesHaveTheirMoments(string name, Hashtable settings, double mean, double deviation)
    {
        float[] values = Fill(name, settings);
        double average = values.Average(v => (double)v);
        // Five standard errors: σ/√n for the mean, at most σ/√(2n) for the deviation.
        Assert.Equal(mean, average, 5 * deviation / Math.Sqrt(Count));
        Assert.Equal(deviation, Math.Sqrt(values.Average(v => (v - average) * (v - average))), 5 * deviation / Math.Sqrt(2.0 * Count));
        // Kurtosis 3 for a normal (standard error √(24/n) = 0.02), 2.24 for the one cut at 2: the shape, not only the spread.
        double kurtosis = values.Average(v => Math.Pow((v - average) / deviation, 4));
        if (name == "TruncatedNormal") Assert.InRange(kurtosis, 2.0, 2.5);
        else Assert.Equal(3, kurtosis, 0.1);
    }

    [Theory]
    [InlineData("Zeros", 0)]
    [InlineData("Ones", 1)]
    public void ConstantsAreConstant(string name, float value) => Assert.All(Fill(name), v => Assert.Equal(value, v));

    [Fact]
    public void ConstantTakesItsValue() => Assert.All(Fill("Constant", new() { ["Value"] = 0.25 }), v => Assert.Equal(0.25f, v));

    [Theory]
    [InlineData(0.0, 0.02, -0.04, 0.04, 0.0)]
    [InlineData(0.0, 1.0, 3.0, 4.0, 3.2605)] // E = (φ(3) - φ(4)) / (Φ(4) - Φ(3)) = (.00443185 - .00013383) / .00131823
    [InlineData(1.0, 0.5, 1.0, 1.1, 1.04983)] // nearly uniform: E = 1 + .5 (φ(0) - φ(.2)) / (Φ(.2) - .5)
    public void TruncatedNormalStaysWithinItsLimitsAndHasTheMean(double mean, double std, double low, double high, double expected)
    {
        float[] values = Fill("TruncatedNormal", new() { ["Mean"] = mean, ["Std"] = std, ["Minimum"] = low, ["Maximum"] = high });
        Assert.All(values, v => Assert.InRange(v, (float)low, (float)high));
        Assert.Equal(expected, values.Average(v => (double)v), 0.005 * std + 0.0005);
    }

    [Fact]
    public void TruncatedNormalRefusesLimitsInTheWrongOrder() =>
        Assert.Contains("Minimum must be the smaller", Assert.Throws<ExperimentException>(() => Fill("TruncatedNormal", new() { ["Minimum"] = 2.0, ["Maximum"] = -2.0 })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(40, 40, 1)]
    [InlineData(20, 50, 2)]
    [InlineData(50, 20, 0.5)]
    public void OrthogonalRowsOrColumnsAreOrthogonalAndOfLengthGain(int rows, int columns, double gain)
    {
        float[] w = new float[rows * columns];
        var made = new OrthogonalInitialiser { Gain = gain };
        made.Fill(w, new ParameterSpec("weight", new Shape(rows, columns), made), new RandomStream(3, RandomPurpose.Initialisation));
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        double At(int vector, int k) => rows <= columns ? w[(vector * columns) + k] : w[(k * columns) + vector];
        for (int a = 0; a < count; a++)
            for (int b = 0; b <= a; b++)
                Assert.Equal(a == b ? gain * gain : 0, Enumerable.Range(0, length).Sum(k => At(a, k) * At(b, k)), 1e-5); // single-precision storage
    }

    [Fact]
    public void TheSameSeedGivesTheSameValuesOnAnyThread()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(20)).Add(new LinearLayer { OutFeatures = 30 }).Add(new LinearLayer { OutFeatures = 5 });
        float[] Draw(long seed) => [.. WeightSet.Initialise(network, seed).Tensors.SelectMany(t => t.Values)];
        float[] alone = Draw(11);
        float[][] many = new float[8][];
        Parallel.For(0, many.Length, i => many[i] = Draw(11));
        Assert.All(many, m => Assert.Equal(alone, m));
        Assert.NotEqual(alone, Draw(12));
        // Two parameters never share their numbers.
        Assert.NotEqual(alone[..10], alone[^10..]);
    }

    [Fact]
    public void OneForTheNetworkReplacesDefaultsButNotWhatALayerChose()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 4, 4))
            .Add(new Conv2dLayer { OutChannels = 2, KernelSize = [3] }, "a").Add(new BatchNorm2dLayer(), "norm").Add(new FlattenLayer())
            .Add(new LinearLayer { OutFeatures = 2, WeightInitialiser = new ConstantInitialiser { Value = 3 }, BiasInitialiser = new OnesInitialiser() }, "b");
        WeightSet weights = WeightSet.Initialise(network, 1, new ConstantInitialiser { Value = 2 }, new ZerosInitialiser());
        Assert.All(weights["a.weight"].Values, v => Assert.Equal(2, v));
        Assert.All(weights["a.bias"].Values, v => Assert.Equal(0, v));
        Assert.All(weights["norm.weight"].Values, v => Assert.Equal(1, v));
        Assert.All(weights["norm.running_var"].Values, v => Assert.Equal(1, v));
        Assert.All(weights["b.weight"].Values, v => Assert.Equal(3, v));
        Assert.All(weights["b.bias"].Values, v => Assert.Equal(1, v));
    }

    [Fact]
    public void ConvolutionsStartWithinTheirFan()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(8, 9, 9)).Add(new Conv2dLayer { OutChannels = 64, KernelSize = [3], Groups = 2 }, "c");
        float bound = (float)(1 / Math.Sqrt(4 * 9));
        float[] values = WeightSet.Initialise(network, 1)["c.weight"].Values;
        Assert.All(values, v => Assert.InRange(v, -bound, bound));
        Assert.InRange(values.Max(), bound * 0.98, bound);
    }
}
