using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Synthetic;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class SyntheticTests
{
    public static TheoryData<string> Names => [.. Catalogue<DatasetGenerator>.Default.Entries.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSeedDecidesTheDataAndMoreRowsBeginAlike(string name)
    {
        DatasetGenerator Make(int count, long seed)
        {
            DatasetGenerator made = Catalogue<DatasetGenerator>.Default.Create(name);
            made.Count = count;
            made.Seed = seed;
            return made;
        }
        Dataset data = Make(60, 5).Generate();
        Assert.Equal(data.Fingerprint, Make(60, 5).Generate().Fingerprint);
        Assert.NotEqual(data.Fingerprint, Make(60, 6).Generate().Fingerprint);
        Assert.Equal(data.Fingerprint, Make(90, 5).Generate().Select("first", Enumerable.Range(0, 60)).Fingerprint);
        if (data.ClassCounts is { } counts) Assert.True(counts.Max(c => c.Count) - counts.Min(c => c.Count) <= 1);
        Assert.All(Features(data), v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void MoonsLieOnTwoHalfCircles()
    {
        foreach ((float[] p, int label) in Points(new Moons { Count = 400, Noise = 0 }.Generate()))
        {
            double x = label == 0 ? p[0] : p[0] - 1, y = label == 0 ? p[1] : p[1] - 0.5;
            Assert.Equal(1, x * x + y * y, 5);
            Assert.True(label == 0 ? y >= -1e-6 : y <= 1e-6);
        }
    }

    [Fact]
    public void CirclesHaveTheirRadii()
    {
        foreach ((float[] p, int label) in Points(new Circles { Count = 100, Noise = 0, Factor = 0.3 }.Generate()))
            Assert.Equal(label == 0 ? 1 : 0.3, Math.Sqrt(p[0] * p[0] + p[1] * p[1]), 5);
    }

    [Fact]
    public void XorIsDecidedByTheSigns()
    {
        Dataset data = new Xor { Count = 400 }.Generate();
        foreach ((float[] p, int label) in Points(data)) Assert.Equal(label, p[0] * p[1] < 0 ? 1 : 0);
        Assert.InRange(Points(data).Count(p => p.Point[0] > 0), 150, 250);
    }

    [Fact]
    public void SpiralsWindTheirTurns()
    {
        foreach ((float[] p, int label) in Points(new Spirals { Count = 300, Noise = 0, Arms = 3, Turns = 2 }.Generate()))
        {
            double radius = Math.Sqrt(p[0] * p[0] + p[1] * p[1]), angle = 2 * Math.PI * (2 * radius + label / 3.0);
            Assert.InRange(radius, 0, 1);
            Assert.Equal(radius * Math.Cos(angle), p[0], 1e-5);
            Assert.Equal(radius * Math.Sin(angle), p[1], 1e-5);
        }
    }

    [Fact]
    public void BlobsHaveTheirMoments()
    {
        var blobs = new Blobs { Count = 30000, Centers = 3, Features = 2, Spread = 0.5, Seed = 2 };
        double[][] centers = blobs.GetCenters();
        foreach (var group in Points(blobs.Generate()).GroupBy(p => p.Label))
        {
            for (int j = 0; j < 2; j++)
            {
                double mean = group.Average(p => (double)p.Point[j]), variance = group.Average(p => Math.Pow(p.Point[j] - mean, 2));
                // 10,000 points: the mean's standard error is .005, the variance's .0035; five of them cannot be luck.
                Assert.Equal(centers[group.Key][j], mean, 0.025);
                Assert.Equal(0.25, variance, 0.0177);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    public void APolynomialHasUnitEnergyAndItsNoise(int order)
    {
        var made = new Polynomial { Order = order, Noise = 0.3, Count = 20000, Seed = 8 };
        double[] c = made.GetCoefficients();
        Assert.Equal(order + 1, c.Length);
        // Simpson's rule on 20,000 intervals for the mean of f² over [-1, 1].
        const int n = 20000;
        double sum = 0;
        for (int i = 0; i <= n; i++)
        {
            double f = Polynomial.Evaluate(c, -1 + 2.0 * i / n);
            sum += f * f * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
        }
        Assert.Equal(1, sum / (3 * n), 6);
        double noise = Curve(made.Generate()).Average(p => Math.Pow(p.Y - Polynomial.Evaluate(c, p.X), 2));
        // The variance of 20,000 normal draws has a relative standard error of 1 %.
        Assert.Equal(0.09, noise, 0.0045);
    }

    [Fact]
    public void LegendrePolynomialsAreRight()
    {
        // L2 = (3x² - 1) / 2, L3 = (5x³ - 3x) / 2, L4 = (35x⁴ - 30x² + 3) / 8 at x = 0.3.
        Assert.Equal((3 * .09 - 1) / 2, Polynomial.Evaluate([0, 0, 1], .3), 14);
        Assert.Equal((5 * .027 - .9) / 2, Polynomial.Evaluate([0, 0, 0, 1], .3), 14);
        Assert.Equal((35 * .0081 - 2.7 + 3) / 8, Polynomial.Evaluate([0, 0, 0, 0, 1], .3), 14);
    }

    [Fact]
    public void TheTargetSeedKeepsTheTargetWhileThePointsChange()
    {
        double[] c = new Polynomial { TargetSeed = 1, Seed = 2 }.GetCoefficients();
        Assert.Equal(c, new Polynomial { TargetSeed = 1, Seed = 3 }.GetCoefficients());
        Assert.Equal(c, new Polynomial { Seed = 1 }.GetCoefficients());
    }

    [Fact]
    public void ASineIsASine()
    {
        foreach ((double x, double y) in Curve(new Sine { Count = 100, Noise = 0, Cycles = 3 }.Generate())) Assert.Equal(Math.Sin(6 * Math.PI * x), y, 5);
    }

    [Fact]
    public void DigitsAreInkOnAnEmptyGroundAndNeverAlike()
    {
        Dataset digits = new Digits { Count = 500, Noise = 0 }.Generate();
        Assert.Equal(new Shape(1, 28, 28), digits.InputShape);
        Assert.Equal(10, digits.ClassNames!.Count);
        float[] all = Features(digits);
        var seen = new HashSet<string>();
        for (int d = 0; d < 500; d++)
        {
            float[] image = all[(d * 784)..((d + 1) * 784)];
            // Ink on 1.5 to 45 % of the square, full black somewhere, a free margin, no two the same.
            Assert.InRange(image.Average(), 0.015f, 0.45f);
            Assert.True(image.Max() > 0.95f);
            Assert.True(Enumerable.Range(0, 28).All(i => image[i] == 0 && image[27 * 28 + i] == 0 && image[i * 28] == 0 && image[i * 28 + 27] == 0));
            Assert.True(seen.Add(Convert.ToBase64String(image.SelectMany(BitConverter.GetBytes).ToArray())));
        }
    }

    [Fact]
    public void DigitsCanBeToldApartByNearness()
    {
        // Nearest of 2,000 known digits by squared distance: shapes without meaning would give 10 %, one way of writing for each digit 100 %.
        float[] known = Features(new Digits { Count = 2000, Seed = 1 }.Generate()), asked = Features(new Digits { Count = 200, Seed = 2 }.Generate());
        int right = 0;
        for (int a = 0; a < 200; a++)
        {
            int best = Enumerable.Range(0, 2000).MinBy(k => Distance(known.AsSpan(k * 784, 784), asked.AsSpan(a * 784, 784)));
            if (best % 10 == a % 10) right++;
        }
        Assert.InRange(right, 150, 199);
    }

    [Fact]
    public void ClassesOfAPlaneCarryASchemaForPrediction() =>
        Assert.Equal(["X1", "X2"], new Moons { Count = 2 }.Generate().Schema!.Features.Select(f => f.Name));

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static float[] Features(Dataset data)
    {
        float[] values = new float[data.Count * data.InputShape.ElementCount];
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], values);
        return values;
    }

    private static IEnumerable<(float[] Point, int Label)> Points(Dataset data)
    {
        float[] values = Features(data);
        int[] codes = ((ClassColumn)data.Targets[0]).Codes.ToArray();
        return codes.Select((label, i) => (values[(2 * i)..(2 * i + 2)], label));
    }

    private static IEnumerable<(double X, double Y)> Curve(Dataset data) =>
        Features(data).Zip(((FloatColumn)data.Targets[0]).Values.ToArray(), (x, y) => ((double)x, (double)y));
}
