using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Named;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class NamedDatasetTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Names => [.. Catalogue<NamedDataset>.Default.Entries.Where(e => e.Type.Assembly == typeof(NamedDataset).Assembly).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EntriesAreComplete(string name)
    {
        NamedDataset set = Catalogue<NamedDataset>.Default.Create(name);
        Assert.Equal(name, set.Name);
        Assert.All(new[] { set.Task, set.Source, set.License, Catalogue<NamedDataset>.Default.Find(name).Description }, text => Assert.NotEmpty(text));
        Assert.InRange(set.Rows, 100, 2_000_000);
        Assert.InRange(set.Files.Count(f => f.IsArchive), 0, 1);
        Assert.All(set.Files, f =>
        {
            Assert.Matches(f.Checksum!.Algorithm == HashAlgorithmName.MD5 ? "^[0-9a-f]{32}$" : "^[0-9a-f]{64}$", f.Checksum.Value);
            Assert.InRange(f.Bytes, 1000, 1_000_000_000);
            Assert.NotEmpty(f.Addresses);
            Assert.All(f.Addresses, a => Assert.Contains(new Uri(a).Scheme, new[] { "http", "https" }));
        });
    }

    [SharedDataFact("tables/iris.csv")]
    public void ChecksumsAreThoseOfTheRealFiles()
    {
        foreach ((string file, string set, int index) in new[]
        {
            ("tables/iris.csv", "Iris", 0), ("tables/winequality-white.csv", "WineQuality", 0), ("tables/pima-indians-diabetes.csv", "PimaDiabetes", 0),
            ("tables/airline-passengers.csv", "AirlinePassengers", 0), ("text/tinyshakespeare.txt", "TinyShakespeare", 0),
            ("mnist/t10k-images-idx3-ubyte.gz", "MNIST", 2), ("mnist/t10k-labels-idx1-ubyte.gz", "MNIST", 3),
        })
        {
            RemoteFile wanted = Catalogue<NamedDataset>.Default.Create(set).Files[index];
            string path = SharedDataFactAttribute.PathOf(file);
            Assert.Equal((wanted.Checksum!.Value, wanted.Bytes), (wanted.Checksum.Of(path, default), new FileInfo(path).Length));
        }
    }

    [SharedDataFact("tables/iris.csv")]
    public void RealTablesLoad()
    {
        foreach ((string file, NamedDataset set, int features, int classes) in new (string, NamedDataset, int, int)[]
        {
            ("iris", new Iris(), 4, 3), ("winequality-white", new WineQuality(), 11, 7), ("pima-indians-diabetes", new PimaDiabetes(), 8, 2),
        })
        {
            folder.Write(set.Files[0].Name, File.ReadAllBytes(SharedDataFactAttribute.PathOf($"tables/{file}.csv")));
            Dataset data = set.Load(folder.Root);
            Assert.Equal((set.Rows, features, classes), (data.Count, data.InputShape[0], data.ClassNames!.Count));
        }
        folder.Write("airline-passengers.csv", File.ReadAllBytes(SharedDataFactAttribute.PathOf("tables/airline-passengers.csv")));
        Dataset series = new AirlinePassengers().Load(folder.Root);
        Assert.Equal((134, 95, 39), (series.Count, series.Train!.Count, series.Test!.Count));
        folder.Write("input.txt", File.ReadAllBytes(SharedDataFactAttribute.PathOf("text/tinyshakespeare.txt")));
        Dataset text = new TinyShakespeare().Load(folder.Root);
        Assert.Equal((1115294, 65), (text.Count, text.ClassNames!.Count));
    }

    [Fact]
    public void FilesInTheLayoutOfMnistAreJoined()
    {
        foreach ((string name, byte[] labels) in new[] { ("train", new byte[] { 9, 0, 3 }), ("t10k", [1, 2]) })
        {
            folder.WriteGzip($"{name}-images-idx3-ubyte.gz", TempFolder.Idx(8, [labels.Length, 2, 2], [.. Enumerable.Range(0, labels.Length * 4).Select(i => (byte)(i + labels[0]))]));
            folder.WriteGzip($"{name}-labels-idx1-ubyte.gz", TempFolder.Idx(8, [labels.Length], labels));
        }
        Dataset data = new FashionMnist().Load(folder.Root);
        Assert.Equal((5, 3, 2, new Shape(1, 2, 2)), (data.Count, data.Train!.Count, data.Test!.Count, data.InputShape));
        Assert.Equal(10, data.ClassNames!.Count);
        Assert.Equal([9, 0, 3, 1, 2], ((ClassColumn)data.Targets[0]).Codes.ToArray());
        Assert.Equal([9, 10, 11, 12], ((ByteColumn)data.Features[0]).Values[..4].ToArray());
        Assert.Equal([1, 2, 3, 4], ((ByteColumn)data.Features[0]).Values[12..16].ToArray());
        Assert.Equal(new Shape(4), new Mnist { Flatten = true }.Load(folder.Root).InputShape);
    }

    [Fact]
    public void EmnistIsTurnedAndNamed()
    {
        foreach ((string piece, byte label) in new[] { ("train", (byte)1), ("test", (byte)2) })
        {
            folder.WriteGzip($"gzip/emnist-letters-{piece}-images-idx3-ubyte.gz", TempFolder.Idx(8, [1, 2, 2], 1, 2, 3, 4));
            folder.WriteGzip($"gzip/emnist-letters-{piece}-labels-idx1-ubyte.gz", TempFolder.Idx(8, [1], label));
        }
        folder.Write("gzip/emnist-letters-mapping.txt", "1 65 97\n2 66 98\n");
        Dataset data = new Emnist { Split = EmnistSplit.Letters }.Load(folder.Root);
        Assert.Equal(["0", "A", "B"], data.ClassNames);
        Assert.Equal([1, 3, 2, 4], ((ByteColumn)data.Features[0]).Values[..4].ToArray());
    }

    [Fact]
    public void CifarComesFromItsFolder()
    {
        byte[] ten = [3, .. new byte[3072]], hundred = [4, 77, .. new byte[3072]];
        folder.Write("cifar-10-batches-bin/data_batch_1.bin", [.. ten, .. ten]);
        folder.Write("cifar-10-batches-bin/test_batch.bin", ten);
        Assert.Equal((2, 1, "cat"), new Cifar10().Load(folder.Root) is { } d ? (d.Train!.Count, d.Test!.Count, d.ClassNames![3]) : default);
        folder.Write("cifar-100-binary/train.bin", hundred);
        folder.Write("cifar-100-binary/test.bin", hundred);
        Assert.Equal(77, ((ClassColumn)new Cifar100().Load(folder.Root).Targets[0]).Codes[0]);
        Assert.Equal(4, ((ClassColumn)new Cifar100 { Coarse = true }.Load(folder.Root).Targets[0]).Codes[0]);
    }

    [Fact]
    public void CaliforniaHousingIsPreparedAsInScikitLearn()
    {
        // The first district of the file, and the first row that fetch_california_housing documents.
        folder.Write("CaliforniaHousing/cal_housing.data", "-122.230000,37.880000,41.000000,880.000000,129.000000,322.000000,126.000000,8.325200,452600.000000\n");
        Dataset data = new CaliforniaHousing().Load(folder.Root);
        float[] row = new float[8], value = new float[1];
        data.ReadFeature(0, [0], row);
        data.ReadTarget(0, [0], value);
        float[] wanted = [8.3252f, 41, 6.98412698f, 1.02380952f, 322, 2.55555556f, 37.88f, -122.23f];
        for (int i = 0; i < 8; i++) Assert.Equal(wanted[i], row[i], 1e-5f * Math.Abs(wanted[i]));
        Assert.Equal(4.526f, value[0], 1e-6f);
        Assert.Equal("MedInc", data.Schema!.Features[0].Name);
    }

    [Fact]
    public void ImdbComesFromItsArchive()
    {
        string root = Path.Combine(folder.Root, "cache"), archive = Path.Combine(root, "IMDB", "aclImdb_v1.tar.gz");
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        using (var packed = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        using (var tar = new TarWriter(packed))
            foreach ((string name, string text) in new[]
            {
                ("train/pos/0_9.txt", "A good film"), ("train/neg/0_2.txt", "a BAD film"), ("train/unsup/0_0.txt", "a film"), ("train/urls_pos.txt", "http"),
                ("test/pos/0_10.txt", "a very good one"), ("test/neg/0_1.txt", "bad"),
            })
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"aclImdb/{name}") { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
        var set = new Imdb { SequenceLength = 4 };
        string unpacked = Path.Combine(folder.Root, "unpacked");
        ArchiveExtractor.Extract(archive, unpacked, set.UnpackedLimit, set.Includes);
        Assert.False(Directory.Exists(Path.Combine(unpacked, "aclImdb", "train", "unsup")));
        Dataset data = set.Load(unpacked);
        Assert.Equal(["neg", "pos"], data.ClassNames);
        Assert.Equal((2, 2), (data.Train!.Count, data.Test!.Count));
        // Words of the training texts, the most frequent first: a and film twice, bad and good once.
        Assert.Equal("<PAD> <START> <UNK> a film bad good", string.Join(" ", ((SequenceColumn)data.Features[0]).Vocabulary.Tokens));
        float[] rows = new float[8];
        data.Test.ReadFeature(0, [0, 1], rows);
        Assert.Equal([5f, 0, 0, 0, 3, 2, 6, 2], rows); // 'bad', filled up; 'a very good one' with two unknown words
    }
}
