using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Images;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Tests.Training;

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
        ExperimentException empty = Assert.Throws<ExperimentException>(() => Read(new ImageFolderFormat()));
        Assert.Equal("EmptyClass", empty.ErrorId);
        Assert.Contains("'test/emu'", empty.Message);
        Dataset data = Read(new ImageFolderFormat { AllowEmpty = true });
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
        folder.Write("a/deeper/2.bmp", Colour(2)); // folders within a class belong to it; links to folders are not followed there
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "a", "deeper", "self"), Path.Combine(folder.Root, "a"));
        Assert.Equal(2, Read(new ImageFolderFormat()).Count);
        string nothing = Directory.CreateDirectory(Path.Combine(folder.Root, "nothing")).FullName;
        Assert.Equal("UnrecognizedFormat", Assert.Throws<ExperimentException>(() => DatasetFile.FindFormat(nothing)).ErrorId);
        Assert.Equal("NoImages", Assert.Throws<ExperimentException>(
            () => new ImageFolderFormat().Read(new ImportRequest(nothing, "x", new TableOptions()))).ErrorId);
    }

    [Fact]
    public void PicturesOfOneChannelBecomeThreeAndANetworkOfOneSaysSo()
    {
        // A grey PNG, 2 x 1, of 7 and 200.
        folder.Write("a/grey.png", Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNgPwEAANkA0NemIjwAAAAASUVORK5CYII="));
        Dataset grey = Read(new ImageFolderFormat());
        Assert.Equal(new Shape(3, 1, 2), grey.InputShape);
        Assert.Equal([7, 200, 7, 200, 7, 200], ((ByteColumn)grey.Features[0]).Values.ToArray());
        ExperimentException error = Assert.Throws<ExperimentException>(() => DLExperiments.Training.Trainer.Train(
            DLExperiments.Training.TrainingRequest.New(NetworkDefinition.Create(new Shape(1, 1, 2)).Add(new DLExperiments.Networks.Layers.FlattenLayer()).Add(new DLExperiments.Networks.Layers.LinearLayer { OutFeatures = 1 }), grey), new()));
        Assert.Equal("DataShapeMismatch", error.ErrorId);
        Assert.Contains("[3,1,2]", error.Message);
    }

    [Fact]
    public void AFolderOfSixtyThousandFilesIsScannedInSeconds()
    {
        for (int c = 0; c < 10; c++)
        {
            string kind = Directory.CreateDirectory(Path.Combine(folder.Root, $"class{c}")).FullName;
            for (int i = 0; i < 6000; i++) File.WriteAllBytes(Path.Combine(kind, $"{i}.jpg"), []);
        }
        var watch = System.Diagnostics.Stopwatch.StartNew();
        List<ClassFolder.Member> files = ClassFolder.Scan(new ImportRequest(folder.Root, "x", new TableOptions()), "images", f => f.EndsWith(".jpg", StringComparison.Ordinal), allowEmpty: false);
        Assert.Equal(60000, files.Count);
        Assert.Equal(["class0", "class9"], new[] { files[0].Class, files[^1].Class });
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5); // some 0.2 s on an idle machine
    }

    [Fact]
    public void TinyImageNetHasItsOwnLayout()
    {
        for (int i = 0; i < 3; i++) folder.Write($"train/n01/images/n01_{i}.bmp", Colour(i));
        for (int i = 3; i < 6; i++) folder.Write($"train/n02/images/n02_{i}.bmp", Colour(i));
        folder.Write("val/images/val_0.bmp", Colour(6));
        folder.Write("val/images/val_1.bmp", Colour(7));
        folder.Write("val/val_annotations.txt", "val_0.bmp\tn02\t0\t0\t1\t1\nval_1.bmp\tn01\t0\t0\t1\t1\n");
        folder.Write("words.txt", "n00\tentity\nn01\tgoldfish, Carassius auratus\nn02\tbullfrog, Rana\n");
        Directory.CreateDirectory(Path.Combine(folder.Root, "test", "images"));
        Assert.Equal("TinyImageNet", DatasetFile.FindFormat(folder.Root).Name);
        Dataset data = Read(new TinyImageNetFormat { HoldOut = 1 });
        Assert.Equal(["bullfrog", "goldfish"], data.ClassNames);
        Assert.Equal((4, 2, 2), (data.Train!.Count, data.Validation!.Count, data.Test!.Count));
        float[] labels = new float[2];
        data.Test.ReadTarget(0, [0, 1], labels);
        Assert.Equal([0f, 1], labels);
        Dataset two = Read(new TinyImageNetFormat());
        Assert.Equal((6, 2, true), (two.Train!.Count, two.Test!.Count, two.Test == two.Validation));
        folder.Write("val/val_annotations.txt", "val_0.bmp\tn03\n");
        Assert.Contains("line 1: the class 'n03'", Assert.Throws<ExperimentException>(() => Read(new TinyImageNetFormat())).Message);
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

    [SharedDataFact("images/cifar10")]
    public void DecodingAndResizingAgreeWithPillow()
    {
        foreach (JsonNode? fact in ReferenceFacts.Read("pictures.json")["pictures"]!.AsArray())
        {
            byte[] file = File.ReadAllBytes(SharedDataFactAttribute.PathOf(fact!["file"]!.GetValue<string>()));
            var shape = new Shape(3, fact["height"]!.GetValue<int>(), fact["width"]!.GetValue<int>());
            byte[] expected = Convert.FromBase64String(fact["planes"]!.GetValue<string>()), values = new byte[shape.ElementCount];
            Assert.Null(Picture.Decode(file, shape, resize: true, values));
            // Two decoders of JPEG may round a value up and down, and Pillow resizes with numbers of 8 bits after each direction: one level each.
            int[] apart = [.. expected.Zip(values, (a, b) => Math.Abs(a - b))];
            Assert.True(apart.Max() <= 2 && apart.Average() < .35, $"{fact["file"]} as {shape}: at most {apart.Max()}, on average {apart.Average()}");
        }
    }

    [SharedDataFact("images/cifar10/train/airplane/0000.jpg")]
    public void GreyIsPillowsLuma()
    {
        byte[] file = File.ReadAllBytes(SharedDataFactAttribute.PathOf("images/cifar10/train/airplane/0000.jpg")), grey = new byte[1024], resized = new byte[64];
        Assert.Null(Picture.Decode(file, new Shape(1, 32, 32), resize: false, grey));
        // Pillow 9.4's convert("L") sums to 151986; rounding differs by far less than a tenth on average.
        Assert.Equal(151986 / 1024.0, grey.Average(v => v), .1);
        Assert.Null(Picture.Decode(file, new Shape(1, 8, 8), resize: true, resized));
        Assert.Equal(grey.Average(v => v), resized.Average(v => v), 1.0);
        Assert.Contains("32 x 32 pixels, not 8 x 8", Picture.Decode(file, new Shape(1, 8, 8), resize: false, resized)!.Text);
    }

    [Fact]
    public void AStreamedPictureIsResizedLikeOneInMemory()
    {
        // Larger and smaller, in both directions: the rows that arrive one by one give what the planes do as a whole.
        var random = new Random(3);
        foreach ((int height, int width, int newHeight, int newWidth) in new[] { (7, 9, 30, 41), (40, 33, 6, 5), (20, 8, 9, 50), (5, 30, 44, 12), (1, 1, 3, 3) })
        {
            byte[] pixels = new byte[4 * height * width], made = new byte[3 * newHeight * newWidth];
            random.NextBytes(pixels);
            float[] planes = new float[3 * height * width], whole = new float[made.Length];
            for (int i = 0; i < planes.Length; i++) planes[i] = pixels[4 * (i % (height * width)) + i / (height * width)];
            var resampler = new Resampler(height, width, newHeight, newWidth);
            resampler.Apply(planes, whole, 3);
            Assert.True(resampler.ApplyPixels(y => pixels.AsSpan(4 * y * width, 4 * width), made));
            Assert.Equal(whole.Select(v => (byte)Math.Clamp(MathF.Round(v), 0, 255)), made);
            Assert.False(resampler.ApplyPixels(y => y < height - 1 ? pixels.AsSpan(4 * y * width, 4 * width) : default, made) && height > 1);
        }
    }

    private static byte[] Colour(int n) => TempFolder.Bmp(2, 2, (_, _) => ((byte)n, 0, 0));

    private Dataset Read(DataFormat format) => format.Read(new ImportRequest(folder.Root, "pictures", new TableOptions(), warnings.Add));
}
