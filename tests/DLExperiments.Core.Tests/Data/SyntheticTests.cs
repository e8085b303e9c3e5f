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
        // What follows in a text is as frequent as the language makes it.
        if (data.Features[0] is not SequenceColumn && data.ClassCounts is { } counts) Assert.True(counts.Max(c => c.Count) - counts.Min(c => c.Count) <= 1);
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

    [Fact]
    public void ShapesLieWhereMasksAndBoxesSay()
    {
        Dataset data = new Shapes { Count = 60, Size = 40, Noise = 0, Seed = 4, Target = [ShapesTarget.ClassMask, ShapesTarget.Box, ShapesTarget.Mask] }.Generate();
        int[] rows = [.. Enumerable.Range(0, 60)];
        float[] masks = new float[60 * 1600], boxes = new float[60 * 15], plain = new float[60 * 1600];
        data.ReadTarget(0, rows, masks);
        data.ReadTarget(1, rows, boxes);
        data.ReadTarget(2, rows, plain);
        Assert.Equal(masks.Select(m => Math.Min(1, m)), plain);
        int several = 0;
        for (int row = 0; row < 60; row++)
        {
            float[] mask = masks[(1600 * row)..(1600 * row + 1600)];
            bool[] boxed = new bool[1600];
            int count = 0;
            for (int b = 15 * row; b < 15 * row + 15; b += 5)
            {
                if (boxes[b] < 0) continue;
                count++;
                int left = (int)Math.Round((boxes[b + 1] - boxes[b + 3] / 2) * 40), width = (int)Math.Round(boxes[b + 3] * 40);
                int top = (int)Math.Round((boxes[b + 2] - boxes[b + 4] / 2) * 40), height = (int)Math.Round(boxes[b + 4] * 40);
                int[] inside = [.. Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Select(x => (top + y) * 40 + left + x))];
                foreach (int i in inside) boxed[i] = true;
                double share = inside.Count(i => mask[i] == boxes[b] + 1) / (double)inside.Length;
                // A circle fills pi/4 of its box, a turned square between 1/2 and 1, a turned triangle about 1/2 (and edges are of whole pixels, which is much for the smallest).
                (double least, double greatest) = boxes[b] switch { 0 => (.68, .88), 1 => (.45, 1), _ => (.3, .68) };
                Assert.InRange(share, least, greatest);
            }
            Assert.All(Enumerable.Range(0, 1600), i => Assert.True(boxed[i] || mask[i] == 0));
            if (count > 1) several++;
        }
        Assert.InRange(several, 20, 60);
        Dataset classes = new Shapes { Count = 30, Seed = 4 }.Generate();
        Assert.Equal([10, 10, 10], classes.ClassCounts!.Select(c => c.Count));
        Assert.Equal(classes.Fingerprint, new Shapes { Count = 30, Seed = 4 }.Generate().Fingerprint);
    }

    [Fact]
    public void SentencesObeyTheirGrammar()
    {
        Dataset data = new Grammar { Count = 4000, SequenceLength = 6, Seed = 2 }.Generate();
        var text = (SequenceColumn)data.Features[0];
        float[] codes = new float[6], next = new float[1];
        var words = new List<string>();
        for (int row = 0; row < data.Count; row++)
        {
            data.ReadFeature(0, [row], codes);
            if (row > 0) Assert.Equal(words[^1], text.Vocabulary.Tokens[(int)codes[5]]);
            else words.AddRange(codes.Select(c => text.Vocabulary.Tokens[(int)c]));
            data.ReadTarget(0, [row], next);
            words.Add(data.ClassNames![(int)next[0]]);
        }
        string[] verbs = ["run", "sleep", "sing", "see", "chase", "hear"], nouns = ["bird", "cat", "dog", "fox"];
        int checkedVerbs = 0;
        for (int i = 1; i < words.Count; i++)
        {
            // The verb right after a noun or after "noun that" agrees with that noun; a clause in between is looked past by the grammar alone.
            string subject = words[i - 1] == "that" && i > 1 ? words[i - 2] : words[i - 1];
            bool plural = nouns.Any(n => subject == n + "s" || subject == n + "es"), single = nouns.Contains(subject);
            if (!plural && !single || words.Take(i).Reverse().TakeWhile(w => w != ".").Count(w => w == "that") > (words[i - 1] == "that" ? 1 : 0)) continue;
            if (verbs.Contains(words[i])) Assert.True(plural, $"{subject} {words[i]}");
            else if (verbs.Any(v => words[i] == v + "s")) Assert.True(single, $"{subject} {words[i]}");
            else continue;
            checkedVerbs++;
        }
        Assert.True(checkedVerbs > 300);
        Assert.DoesNotContain("a old", string.Join(' ', words));
        Dataset letters = new Grammar { Count = 50, Level = DLExperiments.Data.Text.TextLevel.Character, Seed = 2 }.Generate();
        Assert.Equal(" ", letters.ClassNames![0]);
        Assert.Equal(letters.ClassNames, new Grammar { Count = 5, Level = DLExperiments.Data.Text.TextLevel.Character, Seed = 9 }.Generate().ClassNames);
    }
}
