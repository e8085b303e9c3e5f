using System.Collections;
using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public class ColumnStepTests
{
    [Fact]
    public void PicturesChangeSizeAndChannels()
    {
        Dataset data = Pictures();
        Dataset small = new Resize { Size = [1, 2] }.AddTo(data);
        Assert.Equal(new Shape(3, 1, 2), small.InputShape);
        // Two rows into one: each counts half (a triangle of half-width 2 about the middle).
        Assert.Equal([(byte)20, 30, 60, 70, 100, 110], ((ByteColumn)small.Features[0]).Values[..6].ToArray());
        Dataset grey = new Grayscale().AddTo(data);
        Assert.Equal(new Shape(1, 2, 2), grey.InputShape);
        Assert.Equal((byte)Math.Round(.299 * 10 + .587 * 50 + .114 * 90), ((ByteColumn)grey.Features[0]).Values[0]);
        Assert.Equal(new Shape(12), new Flatten().AddTo(data).InputShape);
        Assert.Equal("TransformShapeMismatch", Assert.Throws<ExperimentException>(() => new Grayscale().AddTo(grey)).ErrorId);
        Assert.Equal("TransformOrder", Assert.Throws<ExperimentException>(() => new Resize { Size = [1] }.AddTo(new Normalize().AddTo(data))).ErrorId);
    }

    [Fact]
    public void PiecesChangeWithTheirSet()
    {
        Dataset split = new HoldOut { Count = [1, 1], Sequential = true }.Split(Pictures());
        Dataset small = new Resize { Size = [1] }.AddTo(split);
        Assert.Equal((new Shape(3, 1, 1), new Shape(3, 1, 1)), (small.Train!.InputShape, small.Test!.InputShape));
        Assert.Same(small.Validation, small.Test);
        Assert.Equal(1, small.Test!.Count);
    }

    [Fact]
    public void ClassesBecomeOthers()
    {
        var digits = Dataset.Create("d", [new FloatColumn("x", new Shape(), [0, 1, 2])], [new ClassColumn("Label", [2, 0, 1], ["4", "5", "6"])]);
        Dataset mapped = new MapClass { Map = new Hashtable { [5] = "high", ["6"] = "high", ["4"] = "low" } }.AddTo(digits);
        Assert.Equal(["high", "low"], mapped.ClassNames);
        Assert.Equal([0, 1, 0], ((ClassColumn)mapped.Targets[0]).Codes.ToArray());
        Assert.Equal("UnknownClass", Assert.Throws<ExperimentException>(() => new MapClass { Map = new Hashtable { ["9"] = "x" } }.AddTo(digits)).ErrorId);
        Dataset hot = new OneHot().AddTo(digits);
        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 1, 0], ((FloatColumn)hot.Targets[0]).Values.ToArray());
        Assert.Equal("NotAClass", Assert.Throws<ExperimentException>(() => new OneHot().AddTo(hot)).ErrorId);
    }

    [Fact]
    public void NoisePairsKeepTheCleanPicture()
    {
        var data = Dataset.Create("n", [new FloatColumn("Image", new Shape(1, 100, 100), [.. Enumerable.Repeat(.5f, 10_000)])], []);
        Dataset pair = new NoisePair { Deviation = .1, Seed = 2 }.AddTo(data);
        float[] noisy = ((FloatColumn)pair.Features[0]).Values.ToArray(), clean = ((FloatColumn)pair.Targets[0]).Values.ToArray();
        Assert.All(clean, v => Assert.Equal(.5f, v));
        // Five deviations from the ends, so hardly any value is clamped; the estimate deviates by .0007.
        Assert.Equal(.1, Math.Sqrt(noisy.Average(v => (v - .5) * (v - .5))), .003);
        Assert.Equal(noisy, ((FloatColumn)new NoisePair { Deviation = .1, Seed = 2 }.AddTo(data).Features[0]).Values.ToArray());
        Assert.NotEqual(noisy, ((FloatColumn)new NoisePair { Deviation = .1, Seed = 3 }.AddTo(data).Features[0]).Values.ToArray());
        Assert.All(((FloatColumn)new NoisePair { Deviation = 5 }.AddTo(data).Features[0]).Values.ToArray(), v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void NormalizingTakesPublishedOrComputedStatistics()
    {
        float[] Read(DataStep step)
        {
            Dataset data = step.AddTo(Pictures());
            float[] values = new float[24];
            Preprocessing.Fit(data).Read(data, 0, [0, 1], values);
            return values;
        }
        Assert.Equal((10 / 255f - .485) / .229, Read(new Normalize { Statistics = PictureStatistics.ImageNet })[0], 1e-5);
        Assert.Equal((90 / 255f - .4465) / .2616, Read(new Normalize { Statistics = PictureStatistics.CIFAR10 })[8], 1e-5);
        Assert.Equal(10 / 255f * 2 - 1, Read(new Normalize { Statistics = PictureStatistics.Half })[0], 1e-5);
        float[] computed = Read(new Normalize());
        Assert.Equal(0, new[] { 0, 1, 2, 3, 12, 13, 14, 15 }.Average(i => computed[i]), 1e-5);
        Assert.Equal("TransformShapeMismatch", Assert.Throws<ExperimentException>(() => new Normalize { Mean = [1, 2], Deviation = [1, 2] }.AddTo(Pictures())).ErrorId);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => new Normalize { Mean = [1] }.AddTo(Pictures())).ErrorId);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => new Normalize { Mean = [1], Deviation = [0] }.AddTo(Pictures())).ErrorId);
    }

    // Two pictures of 2 x 2: the first has 10 20 30 40 | 50 ... in its planes, the second half of that.
    private static Dataset Pictures() => Dataset.Create("p",
        [new ByteColumn("Image", new Shape(3, 2, 2), [.. Enumerable.Range(1, 12).Select(i => (byte)(10 * i)), .. Enumerable.Range(1, 12).Select(i => (byte)(5 * i))])],
        [new ClassColumn("Label", [0, 1], ["a", "b"])]);
}
