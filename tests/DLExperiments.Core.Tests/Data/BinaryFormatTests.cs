using System.IO.Compression;
using System.Text;
using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class BinaryFormatTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CifarRecordsAreALabelAndPlanes()
    {
        string path = folder.Write("data_batch_1.bin", [.. Cifar([3], 10), .. Cifar([9], 20)]);
        Dataset data = DatasetFile.Read(path);
        Assert.Equal((2, new Shape(3, 32, 32)), (data.Count, data.InputShape));
        Assert.Equal(["cat", "truck"], ((ClassColumn)data.Targets[0]).Codes.ToArray().Select(c => data.ClassNames![c]));
        // Red is filled with n, green with n + 1, blue with n + 2.
        Assert.Equal([20, 21, 22], new[] { 0, 1024, 3071 }.Select(i => ((ByteColumn)data.Features[0]).Values[3072 + i]));
    }

    [Fact]
    public void ACifarFolderHasPieces()
    {
        folder.Write("data_batch_1.bin", Cifar([0], 1));
        folder.Write("data_batch_2.bin", Cifar([1], 2));
        folder.Write("test_batch.bin", [.. Cifar([0], 3), .. Cifar([1], 4)]);
        folder.Write("batches.meta.txt", "p0\np1\np2\np3\np4\np5\np6\np7\np8\np9\n\n");
        Dataset data = DatasetFile.Read(folder.Root);
        Assert.Equal((2, 2, "p1"), (data.Train!.Count, data.Test!.Count, data.ClassNames![1]));
    }

    [Fact]
    public void Cifar100HasFineAndCoarseClasses()
    {
        string path = folder.Write("train.bin", Cifar([7, 42], 1));
        folder.Write("fine_label_names.txt", string.Join('\n', Enumerable.Range(0, 100).Select(i => $"fine{i}")));
        Assert.Equal("fine42", Only(Read(new CifarFormat(), path)));
        Assert.Equal("7", Only(Read(new CifarFormat { Coarse = true }, path)));

        static string Only(Dataset data) => data.ClassNames![((ClassColumn)data.Targets[0]).Codes[0]];
    }

    [Fact]
    public void CifarFilesOfOddLengthAndOtherFilesAreRefused()
    {
        Assert.Equal("CifarOddLength", Error(new CifarFormat(), folder.Write("test_batch.bin", Cifar([1], 1)[..^1])));
        Assert.Equal("LabelOutOfRange", Error(new CifarFormat(), folder.Write("test_batch.bin", Cifar([10], 1))));
        Assert.Equal("CifarNotCoarse", Error(new CifarFormat { Coarse = true }, folder.Write("test_batch.bin", Cifar([1], 1))));
    }

    [Fact]
    public void NumPyArraysOfEveryTypeAreRead()
    {
        byte[] doubles = Npy("<f8", "(2, 2)", [.. new[] { 1.5, -2, 3, 1e10 }.SelectMany(BitConverter.GetBytes)]);
        Assert.Equal([1.5f, -2, 3, 1e10f], Values(Read(new NumPyFormat(), folder.Write("a.npy", doubles))));
        byte[] bigShorts = Npy(">i2", "(2, 1)", [1, 0, 0xFF, 0xFE]);
        Assert.Equal([256f, -2], Values(Read(new NumPyFormat(), folder.Write("b.npy", bigShorts))));
        // Fortran order: columns one after the other.
        byte[] columns = Npy("|u1", "(2, 3)", [1, 4, 2, 5, 3, 6], fortran: true);
        Assert.Equal([1f, 2, 3, 4, 5, 6], Values(Read(new NumPyFormat(), folder.Write("c.npy", columns))));
        byte[] half = Npy("<f2", "(1, 2)", [0x00, 0x3C, 0x00, 0xC0]);
        Assert.Equal([1f, -2], Values(DatasetFile.Read(folder.Write("d.npy", half))));
    }

    [Fact]
    public void PicturesWithChannelsLastAreTurned()
    {
        byte[] pictures = Npy("|u1", "(1, 1, 2, 3)", [10, 20, 30, 11, 21, 31]);
        Dataset data = Read(new NumPyFormat { ChannelsLast = true }, folder.Write("p.npy", pictures));
        Assert.Equal(new Shape(3, 1, 2), data.InputShape);
        Assert.Equal([10, 11, 20, 21, 30, 31], ((ByteColumn)data.Features[0]).Values.ToArray());
        Assert.Equal(new Shape(1, 2, 2), Read(new NumPyFormat(), folder.Write("g.npy", Npy("|u1", "(1, 2, 2)", [1, 2, 3, 4]))).InputShape);
    }

    [Fact]
    public void ArchivesHaveFeaturesTargetsAndPieces()
    {
        byte[] x = Npy("<f4", "(2, 1)", [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f)]), y = Npy("<i8", "(2,)", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Dataset plain = DatasetFile.Read(folder.Write("plain.npz", Zip(("x.npy", x), ("y.npy", y))));
        Assert.Equal(["0", "1"], plain.ClassNames);
        Dataset pieces = DatasetFile.Read(folder.Write("keras.npz", Zip(("x_train.npy", x), ("y_train.npy", y), ("x_test.npy", x), ("y_test.npy", y))));
        Assert.Equal((4, 2, 2), (pieces.Count, pieces.Train!.Count, pieces.Test!.Count));
        string named = folder.Write("named.npz", Zip(("alpha.npy", x), ("beta.npy", x)));
        Assert.Equal("ArrayNotFound", Error(new NumPyFormat(), named));
        Assert.Equal("ArrayNotFound", Error(new NumPyFormat { FeatureArray = "alhpa" }, named));
        Dataset chosen = Read(new NumPyFormat { FeatureArray = "alpha", TargetArray = "beta" }, named);
        Assert.Null(chosen.ClassNames);
        Assert.Equal("alpha", chosen.Features[0].Name);
    }

    [Fact]
    public void DamagedArraysAreNamed()
    {
        byte[] whole = Npy("<f4", "(2, 1)", new byte[8]);
        Assert.Equal("TruncatedNumPy", Error(new NumPyFormat(), folder.Write("x.npy", whole[..^1])));
        Assert.Equal("TruncatedNumPy", Error(new NumPyFormat(), folder.Write("x.npy", whole[..20])));
        Assert.Equal("TruncatedNumPy", Error(new NumPyFormat(), folder.Write("x.npy", Npy("<f4", "(2000000000, 1000000000)", []))));
        Assert.Equal("NotNumPy", Error(new NumPyFormat(), folder.Write("x.npy", "something else")));
        Assert.Equal("UnsupportedNumPyType", Error(new NumPyFormat(), folder.Write("x.npy", Npy("|O", "(1,)", [1]))));
        Assert.Equal("NumPyShapeMismatch", Error(new NumPyFormat(), folder.Write("x.npy", Npy("<f4", "()", new byte[4]))));
        Assert.Equal("DamagedArchive", Error(new NumPyFormat(), folder.Write("x.npz", "PK nothing")));
    }

    [Fact]
    public void JsonLinesAreATable()
    {
        string path = folder.Write("a.jsonl", "{\"x\": 1, \"kind\": \"a\", \"more\": [1]}\n\n{\"x\": 2.5, \"kind\": \"b\"}\n");
        Dataset data = new JsonLinesFormat().Read(new ImportRequest(path, "a", new TableOptions { Target = ["kind"], Feature = ["x"] }));
        Assert.Equal([1f, 2.5f], Values(data));
        Assert.Equal(["a", "b"], data.ClassNames);
        Assert.Equal("InvalidJson", Error(new JsonLinesFormat(), folder.Write("b.jsonl", "{\"x\": 1}\n{\"x\": \n")));
        Assert.Equal("InvalidJson", Error(new JsonLinesFormat(), folder.Write("b.jsonl", "[1]\n")));
        Assert.Equal("RaggedRow", Error(new JsonLinesFormat(), folder.Write("b.jsonl", "{\"x\": 1}\n{\"y\": 2}\n")));
        Assert.Equal("MissingValue", Error(new JsonLinesFormat(), folder.Write("b.jsonl", "{\"x\": 1, \"y\": 2}\n{\"y\": 2}\n")));
        Assert.Equal("NonScalarCell", Error(new JsonLinesFormat(), path));
    }

    private static byte[] Cifar(byte[] labels, byte start) => [.. labels, .. Enumerable.Range(0, 3072).Select(i => (byte)(start + i / 1024))];

    private static byte[] Npy(string type, string shape, byte[] data, bool fortran = false)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    private static byte[] Zip(params (string Name, byte[] Data)[] members)
    {
        using var all = new MemoryStream();
        using (var zip = new ZipArchive(all, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] data) in members)
            {
                using Stream stream = zip.CreateEntry(name).Open();
                stream.Write(data);
            }
        return all.ToArray();
    }

    private static float[] Values(Dataset data)
    {
        float[] values = new float[data.Count * data.InputShape.ElementCount];
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], values);
        return values;
    }

    private static Dataset Read(DataFormat format, string path) => format.Read(new ImportRequest(path, "x", new TableOptions()));

    private static string Error(DataFormat format, string path) => Assert.Throws<ExperimentException>(() => Read(format, path)).ErrorId;
}
