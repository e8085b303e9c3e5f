using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Images;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class PictureTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<string> warnings = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PicturesBecomePlanesOfRedGreenBlue()
    {
        folder.Write("b/1.bmp", TempFolder.Bmp(3, 2, (x, y) => ((byte)(10 * x), (byte)(100 * y), 7)));
        folder.Write("a/2.BMP", TempFolder.Bmp(3, 2, (_, _) => (255, 0, 0)));
        folder.Write("a/notes.txt", "no picture");
        Dataset data = Read(new ImageFolderFormat());
        Assert.Equal(new Shape(3, 2, 3), data.InputShape);
        Assert.Equal(["a", "b"], data.ClassNames);
        Assert.Equal([0, 1], ((ClassColumn)data.Targets[0]).Codes.ToArray());
        Assert.Equal([0, 10, 20, 0, 10, 20, 0, 0, 0, 100, 100, 100, 7, 7, 7, 7, 7, 7], ((ByteColumn)data.Features[0]).Values[18..].ToArray());
        Assert.Equal("ImageFolder", DatasetFile.FindFormat(folder.Root).Name);
        // Rounded luma of pure red by ITU-R BT.601: .299 * 255 = 76.2.
        Assert.Equal(Enumerable.Repeat((byte)76, 6), ((ByteColumn)Read(new ImageFolderFormat { Grayscale = true }).Features[0]).Values[..6].ToArray());
    }

    [Fact]
    public void ResizingIsBilinearAndCountsEveryPixel()
    {
        float[] wide = new float[4], narrow = new float[1];
        new Resampler(1, 2, 1, 4).Apply([0, 1], wide, 1);
        Assert.Equal([0, .25f, .75f, 1], wide, (a, b) => Math.Abs(a - b) < 1e-6);
        // Four pixels to one: a triangle of half-width 4 about the middle weighs them 5/8, 7/8, 7/8, 5/8.
        new Resampler(1, 4, 1, 1).Apply([8, 0, 0, 4], narrow, 1);
        Assert.Equal((8 * 5 + 4 * 5) / 24f, narrow[0], 1e-5);
        float[] tall = new float[4];
        new Resampler(2, 1, 4, 1).Apply([0, 1], tall, 1);
        Assert.Equal(wide, tall);
    }

    [Fact]
    public void SizesMustAgreeUnlessTheyAreMadeTo()
    {
        folder.Write("a/1.bmp", TempFolder.Bmp(4, 4, (_, _) => (9, 9, 9)));
        folder.Write("a/2.bmp", TempFolder.Bmp(8, 6, (_, _) => (200, 100, 50)));
        ExperimentException error = Assert.Throws<ExperimentException>(() => Read(new ImageFolderFormat()));
        Assert.Equal("ImageSizeMismatch", error.ErrorId);
        Assert.Contains("'a/2.bmp' has 8 x 6", error.Message);
        Dataset data = Read(new ImageFolderFormat { Size = [5, 7] });
        Assert.Equal(new Shape(3, 5, 7), data.InputShape);
        // A picture of one colour keeps it.
        Assert.Equal([.. Enumerable.Repeat((byte)200, 35), .. Enumerable.Repeat((byte)100, 35)], ((ByteColumn)data.Features[0]).Values.Slice(105, 70).ToArray());
        Assert.Equal(new Shape(3, 6, 6), Read(new ImageFolderFormat { Size = [6] }).InputShape);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => Read(new ImageFolderFormat { Size = [1, 2, 3] })).ErrorId);
    }

    [Fact]
    public void DamagedPicturesAreNamedOrLeftOut()
    {
        byte[] whole = TempFolder.Bmp(4, 4, (_, _) => (9, 9, 9));
        folder.Write("a/1.bmp", whole);
        folder.Write("b/2.bmp", whole[..70]);
        folder.Write("b/3.jpg", "no picture at all");
        folder.Write("b/4.png", Array.Empty<byte>());
        folder.Write("b/5.bmp", TempFolder.Bmp(4, 4, (_, _) => (1, 2, 3)));
        ExperimentException error = Assert.Throws<ExperimentException>(() => Read(new ImageFolderFormat()));
        Assert.Equal("CorruptImage", error.ErrorId);
        Assert.Contains("'b/2.bmp'", error.Message);
        Dataset data = Read(new ImageFolderFormat { Corrupt = CorruptPicture.Skip });
        Assert.Equal([1, 1], data.ClassCounts!.Select(c => c.Count));
        Assert.Equal([1, 2, 3], new[] { 0, 16, 32 }.Select(i => ((ByteColumn)data.Features[0]).Values[48 + i]));
        Assert.Contains("3 of 5", Assert.Single(warnings));
        Assert.Contains("'b/4.png' (it is empty)", warnings[0]);
    }

    [Fact]
    public void PiecesComeFromTheFolders()
    {
        for (int i = 0; i < 3; i++) folder.Write($"train/cat/{i}.bmp", Colour(i));
        folder.Write("train/dog/4.bmp", Colour(4));
        folder.Write("val/cat/5.bmp", Colour(5));
        folder.Write("val/dog/6.bmp", Colour(6));
        folder.Write("test/cat/7.bmp", Colour(1));
        folder.Write("test/dog/8.bmp", Colour(8));
        Directory.CreateDirectory(Path.Combine(folder.Root, "test", "emu"));
        Dataset data = Read(new ImageFolderFormat());
        Assert.Equal((8, 4, 2, 2), (data.Count, data.Train!.Count, data.Validation!.Count, data.Test!.Count));
        Assert.Equal(["cat", "dog"], data.ClassNames);
        Assert.Equal([1, 1], data.Test.ClassCounts!.Select(c => c.Count));
        Assert.Contains(warnings, w => w.Contains("'test/emu'"));
        Assert.Contains(warnings, w => w.Contains("'train/cat/1.bmp' is the same file as 'test/cat/7.bmp'"));
    }

    [Fact]
    public void ALoopOfLinksAndAFolderOfNothingEnd()
    {
        folder.Write("a/1.bmp", Colour(1));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "a", "loop"), folder.Root);
        Assert.Equal(1, Read(new ImageFolderFormat()).Count);
        string nothing = Directory.CreateDirectory(Path.Combine(folder.Root, "nothing")).FullName;
        Assert.Equal("UnrecognizedFormat", Assert.Throws<ExperimentException>(() => DatasetFile.FindFormat(nothing)).ErrorId);
        Assert.Equal("NoImages", Assert.Throws<ExperimentException>(
            () => new ImageFolderFormat().Read(new ImportRequest(nothing, "x", new TableOptions()))).ErrorId);
    }

    [SharedDataFact("images/cifar10")]
    public void CifarPicturesHaveThePublishedStatistics()
    {
        Dataset data = DatasetFile.Read(SharedDataFactAttribute.PathOf("images/cifar10"));
        Assert.Equal((2500, 2000, 500, new Shape(3, 32, 32)), (data.Count, data.Train!.Count, data.Test!.Count, data.InputShape));
        Assert.All(data.Train.ClassCounts!, c => Assert.Equal(200, c.Count));
        ReadOnlySpan<byte> pixels = ((ByteColumn)data.Features[0]).Values;
        double[] sums = new double[3];
        for (int i = 0; i < pixels.Length; i++) sums[i / 1024 % 3] += pixels[i] / 255.0;
        // Means of the whole set: .4914 .4822 .4465. Means of pictures deviate by some .12, so that of 2,500 by .0024: four of them.
        double[] published = [.4914, .4822, .4465];
        for (int c = 0; c < 3; c++) Assert.Equal(published[c], sums[c] / (pixels.Length / 3), 0.01);
    }

    [SharedDataFact("images/cifar10/train/airplane/0000.jpg")]
    public void DecodingAgreesWithPillow()
    {
        // Pillow 9.4: sums over red, green, blue of the picture, its luma, and the picture brought to 20 x 13 and 48 x 64 by BILINEAR.
        byte[] file = File.ReadAllBytes(SharedDataFactAttribute.PathOf("images/cifar10/train/airplane/0000.jpg"));
        // Two decoders of JPEG may differ by one in a value; on average over a picture by far less than a tenth.
        byte[] picture = Decode(3, 32, 32), small = Decode(3, 13, 20), large = Decode(3, 64, 48);
        Close([151732, 152266, 152422], picture, .1);
        Close([151986], Decode(1, 32, 32), .1);
        Assert.Equal([200, 202, 203], picture[..3].Select(v => (int)v), (a, b) => Math.Abs(a - b) <= 1);
        Close([38535, 38672, 38711], small, .2);
        Assert.Equal([207, 207, 211], small[..3].Select(v => (int)v), (a, b) => Math.Abs(a - b) <= 1);
        Close([455807, 457400, 457854], large, .2);
        Assert.Equal([208, 210, 209], large[100..103].Select(v => (int)v), (a, b) => Math.Abs(a - b) <= 1);

        byte[] Decode(int channels, int height, int width)
        {
            var shape = new Shape(channels, height, width);
            byte[] values = new byte[shape.ElementCount];
            Assert.Null(Picture.Decode(file, shape, resize: true, values));
            return values;
        }

        static void Close(double[] sums, byte[] picture, double tolerance)
        {
            int plane = picture.Length / sums.Length;
            for (int c = 0; c < sums.Length; c++)
                Assert.Equal(sums[c] / plane, picture.Skip(c * plane).Take(plane).Average(v => v), tolerance);
        }
    }

    private static byte[] Colour(int n) => TempFolder.Bmp(2, 2, (_, _) => ((byte)n, 0, 0));

    private Dataset Read(DataFormat format) => format.Read(new ImportRequest(folder.Root, "pictures", new TableOptions(), warnings.Add));
}
