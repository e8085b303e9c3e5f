using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly TempFolder folder = new();

    // Two images of 2 rows and 3 columns.
    private static readonly byte[] Images = TempFolder.Idx(8, [2, 2, 3], 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6);
    private static readonly byte[] Labels = TempFolder.Idx(8, [2], 3, 0);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a-images-idx3-ubyte", "a-labels-idx1-ubyte", false)]
    [InlineData("a-images-idx3-ubyte.gz", "a-labels-idx1-ubyte.gz", true)]
    [InlineData("a-images.idx3-ubyte", "a-labels.idx1-ubyte", false)]
    [InlineData("a-images.idx3-ubyte", "a-labels-idx1-ubyte.gz", false)]
    // What counts is the content: a packed file without .gz, and one with .gz that is not packed.
    [InlineData("a-images-idx3-ubyte.gz", "a-labels-idx1-ubyte", false)]
    public void ImagesAreReadWithTheLabelsBesideThem(string images, string labels, bool packed)
    {
        string path = packed ? folder.WriteGzip(images, Images) : folder.Write(images, Images);
        if (labels.EndsWith(".gz", StringComparison.Ordinal)) folder.WriteGzip(labels, Labels);
        else folder.Write(labels, Labels);
        Dataset data = DatasetFile.Read(path);
        Assert.Equal(new Shape(1, 2, 3), data.InputShape);
        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], Row(data, 0), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(["0", "1", "2", "3"], data.ClassNames);
        Assert.Equal([3, 0], ((ClassColumn)data.Targets[0]).Codes.ToArray());
    }

    [Fact]
    public void TransposeFlattenAndMappingServeEmnist()
    {
        string path = folder.Write("x", Images), labels = folder.Write("y", Labels), mapping = folder.Write("mapping.txt", "0 48\n1 65\n2 97\n3 122\n");
        Dataset data = Read(new IdxFormat { LabelPath = labels, MappingPath = mapping, Transpose = true }, path);
        Assert.Equal(new Shape(1, 3, 2), data.InputShape);
        Assert.Equal([1f, 4, 2, 5, 3, 6], Row(data, 1).Select(v => MathF.Round(v * 255)));
        Assert.Equal(["0", "A", "a", "z"], data.ClassNames);
        Assert.Equal(new Shape(6), Read(new IdxFormat { LabelPath = labels, Flatten = true }, path).InputShape);
        Assert.Equal(["cat", "dog", "owl", "bee"], Read(new IdxFormat { LabelPath = labels, MappingPath = folder.Write("names", "cat\ndog\nowl\nbee\n") }, path).ClassNames);
    }

    [Fact]
    public void OtherElementTypesAreBigEndian()
    {
        string path = folder.Write("f-idx", TempFolder.Idx(0x0D, [1, 2], 0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0));
        Assert.Equal([1f, -2.5f], Row(Read(new IdxFormat(), path), 0));
        string shorts = folder.Write("s-idx", TempFolder.Idx(0x0B, [1, 2], 0x01, 0x00, 0xFF, 0xFE));
        Assert.Equal([256f, -2], Row(Read(new IdxFormat(), shorts), 0));
    }

    [Fact]
    public void ImagesWithoutLabelsHaveNoTargetAndAWarning()
    {
        var warnings = new List<string>();
        Dataset data = new IdxFormat().Read(new ImportRequest(folder.Write("only-images-idx3", Images), "x", new TableOptions(), warnings.Add));
        Assert.Empty(data.Targets);
        Assert.Contains("-LabelPath", Assert.Single(warnings));
    }

    [Fact]
    public void DamagedFilesAreNamed()
    {
        Fails("TruncatedIdx", Images[..^1]);
        Fails("TruncatedIdx", Images[..10]);
        Fails("IdxTooLong", [.. Images, 0]);
        Fails("InvalidIdxSize", TempFolder.Idx(8, [2, -2, 3], 1, 2, 3));
        Fails("InvalidIdxSize", TempFolder.Idx(8, [int.MaxValue, int.MaxValue], 1));
        // A lying header asks for 2 GB that are not there: refused without asking for the memory.
        Fails("TruncatedIdx", TempFolder.Idx(8, [1_999_999, 1000], 1, 2, 3));
        Fails("NotIdx", [0, 0, 7, 3, 0, 0, 0, 1]);
        Fails("NotIdx", [137, 80, 78, 71]);
        Fails("NotIdx", [0, 0]);
        Fails("EmptyFile", []);
        byte[] packed = File.ReadAllBytes(folder.WriteGzip("whole.gz", Images));
        Assert.ThrowsAny<ExperimentException>(() => Read(new IdxFormat(), folder.Write("cut.gz", packed[..^12])));
        packed[12] ^= 0xFF;
        Assert.ThrowsAny<ExperimentException>(() => Read(new IdxFormat(), folder.Write("broken.gz", packed)));
    }

    [Fact]
    public void MislabelledFilesAreNamed()
    {
        string images = folder.Write("i", Images), labels = folder.Write("l", Labels);
        Assert.Contains("labels", Fails("IdxNotImages", Labels).Message);
        Fails("IdxNotLabels", Images, images);
        Fails("IdxNotLabels", Images, folder.Write("fl", TempFolder.Idx(0x0D, [2], new byte[8])));
        Assert.Contains("2 images", Fails("IdxCountMismatch", Images, folder.Write("l3", TempFolder.Idx(8, [3], 1, 2, 3))).Message);
        Fails("LabelOutOfRange", Images, folder.Write("neg", TempFolder.Idx(9, [2], 0xFF, 1)));
        Assert.Equal("FileNotFound", Assert.Throws<ExperimentException>(() => Read(new IdxFormat { LabelPath = "/no/labels" }, images)).ErrorId);
        Assert.Equal("LabelOutOfRange", Assert.Throws<ExperimentException>(
            () => Read(new IdxFormat { LabelPath = labels, MappingPath = folder.Write("m", "0 48\n1 49\n") }, images)).ErrorId);
        Assert.Equal("BadMapping", Assert.Throws<ExperimentException>(
            () => Read(new IdxFormat { LabelPath = labels, MappingPath = folder.Write("m2", "0 48\n0 49\n") }, images)).ErrorId);
    }

    [SharedDataFact("mnist/t10k-images-idx3-ubyte.gz")]
    public void MnistTestDigitsHaveThePublishedStatistics()
    {
        Dataset mnist = DatasetFile.Read(SharedDataFactAttribute.PathOf("mnist/t10k-images-idx3-ubyte.gz"));
        Assert.Equal((10000, new Shape(1, 28, 28), 10), (mnist.Count, mnist.InputShape, mnist.ClassNames!.Count));
        // Class counts and the first labels as published with the test set; mean and deviation of its pixels .1325 and .3105.
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], mnist.ClassCounts!.Select(c => c.Count));
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], ((ClassColumn)mnist.Targets[0]).Codes[..10].ToArray());
        Assert.Equal(0.1325, mnist.Mean, 4);
        Assert.Equal(0.3105, mnist.StandardDeviation, 4);
        Assert.Contains("mean 0.1325, standard deviation 0.3105", mnist.Describe());
    }

    private ExperimentException Fails(string errorId, byte[] images, string? labels = null)
    {
        var error = Assert.Throws<ExperimentException>(() => Read(new IdxFormat { LabelPath = labels }, folder.Write("bad", images)));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("'", error.Message);
        return error;
    }

    private static Dataset Read(IdxFormat format, string path) => format.Read(new ImportRequest(path, "idx", new TableOptions()));

    private static float[] Row(Dataset data, int row)
    {
        float[] values = new float[data.InputShape.ElementCount];
        data.ReadFeature(0, [row], values);
        return values;
    }
}
