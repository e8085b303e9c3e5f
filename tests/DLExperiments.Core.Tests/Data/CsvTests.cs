using System.Text;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a;b\r\n1;2\r\n3;4")]
    [InlineData("a\tb\n1\t2\n\n3\t4\n")]
    [InlineData("a|b\n1|2\n3|4\n")]
    [InlineData("\"a\",\"b\"\n\"1\", 2\n 3 ,\"4\"\n")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n")]
    public void DelimiterQuotesBlanksAndMarksAreFoundOut(string text)
    {
        Dataset data = Read(text);
        Assert.Equal(["a", "b"], data.Schema!.Features.Select(f => f.Name));
        Assert.Equal([1f, 2, 3, 4], Features(data));
    }

    [Fact]
    public void QuotedCellsMayHoldDelimitersQuotesAndLineEnds()
    {
        Dataset data = Read("name,x\n\"a,b\",1\n\"say \"\"hi\"\"\",2\n\"two\nlines\",3\n", table: new TableOptions { Target = ["name"] });
        Assert.Equal(["a,b", "say \"hi\"", "two\nlines"], data.ClassNames);
    }

    [Fact]
    public void AFirstRowWithANumberIsNoHeader()
    {
        Assert.Equal(["Column1", "Column2"], Names(Read("5.1,setosa\n4.9,virginica\n")));
        Assert.Equal(["2019", "2020"], Names(Read("2019,2020\n1,2\n", new CsvFormat { HasHeader = true })));
        Assert.Equal(["Column1", "Column2"], Names(Read("a,b\nc,d\n", new CsvFormat { NoHeader = true })));
        Assert.Equal(["x", "y"], Names(Read("a,b\nc,d\n", new CsvFormat { Header = ["x", "y"] })));
    }

    [Fact]
    public void CommentsHeadersAndFootersAreLeftOut()
    {
        string text = "made by hand\n# a comment\na,b\n1,2\n# another\n3,4\ntotal,of,all\nend\n";
        Assert.Equal([1f, 2, 3, 4], Features(Read(text, new CsvFormat { SkipHeader = 1, Comment = "#", SkipFooter = 2, Delimiter = "," })));
    }

    [Fact]
    public void GzipIsUnpackedOnTheWay() => Assert.Equal([1f, 2], Features(DatasetFile.Read(folder.WriteGzip("t.csv.gz", "a,b\n1,2\n"u8.ToArray()))));

    [Fact]
    public void EncodingsAreReadOrRefused()
    {
        string latin = folder.Write("latin.csv", Encoding.Latin1.GetBytes("naïve,x\né,1\nè,2\n"));
        Assert.Equal("WrongEncoding", Assert.Throws<ExperimentException>(() => DatasetFile.Read(latin)).ErrorId);
        var read = new CsvFormat { Encoding = "latin1" }.Read(new ImportRequest(latin, "latin", new TableOptions { Target = ["naïve"] }));
        Assert.Equal(["è", "é"], read.ClassNames);
        string wide = folder.Write("wide.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]);
        Assert.Equal([1f, 2], Features(DatasetFile.Read(wide)));
        Assert.Equal("NotText", Assert.Throws<ExperimentException>(() => DatasetFile.Read(folder.Write("b.csv", [65, 0, 66, 0]))).ErrorId);
        Assert.Equal("UnknownEncoding", Assert.Throws<ExperimentException>(() => Read("a,b\n1,2\n", new CsvFormat { Encoding = "utf-9" })).ErrorId);
    }

    [Fact]
    public void ARaggedRowNamesItsLineAndCounts()
    {
        var e = Fails("RaggedRow", "a,b,c\n1,2,3\n\"x\ny\",2,3\n4,5\n");
        Assert.Contains("line 5: the row has 2 cell(s), but the first has 3", e.Message);
        Fails("RaggedRow", "a,b\n1,2\n1,2,3\n");
        Assert.Equal("RaggedRow", Assert.Throws<ExperimentException>(() => Read("a,b\n1,2\n1\n3,4\n", new CsvFormat { SkipFooter = 1 })).ErrorId);
    }

    [Fact]
    public void AnOddCellNamesItsLineAndColumn() => Assert.Contains("t.csv, line 4, column 'b': 'oops'", Fails("NonNumericCell", "a,b\n1,2\n1,3\n1,oops\n").Message);

    [Fact]
    public void AnEmptyCellNamesItsLineAndColumn() => Assert.Contains("t.csv, line 3, column 'a'", Fails("MissingValue", "a,b\n1,2\n,3\n").Message);

    [Fact]
    public void FilesWithoutDataAreNamed()
    {
        Fails("EmptyFile", "");
        Fails("EmptyFile", "\n\n");
        Assert.Contains("only a header", Fails("EmptyDataset", "a,b\n").Message);
        Fails("DuplicateColumn", "a,a\n1,2\n");
        Fails("BadQuote", "a,b\n1,2\n3,\"x\"y\n");
        Fails("BadQuote", "a,b\n1,2\n3,\"never closed\n5,6\n");
        Assert.Equal("FileNotFound", Assert.Throws<ExperimentException>(() => DatasetFile.Read("/no/such/file.csv")).ErrorId);
        Assert.Equal("UnrecognizedFormat", Assert.Throws<ExperimentException>(() => DatasetFile.Read(folder.Write("x.bin", [1, 2, 3, 0, 5]))).ErrorId);
        byte[] cut = folder.WriteGzip("ok.csv.gz", Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7}\n")))) is { } path ? File.ReadAllBytes(path) : [];
        cut[cut.Length / 2] ^= 0x55;
        Assert.ThrowsAny<ExperimentException>(() => DatasetFile.Read(folder.Write("bad.csv.gz", cut)));
    }

    [Fact]
    public void HeadersMustFit()
    {
        Assert.Equal("HeaderMismatch", Assert.Throws<ExperimentException>(() => Read("1,2\n", new CsvFormat { Header = ["x"] })).ErrorId);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => Read("1,2\n", new CsvFormat { HasHeader = true, NoHeader = true })).ErrorId);
    }

    [Fact]
    public void ARaggedRowFarBelowNamesItsLine()
    {
        string path = Path.Combine(folder.Root, "long.csv");
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine("a,b");
            for (int i = 0; i < 1_000_001; i++) writer.WriteLine("1,2");
            writer.WriteLine("1,2,3");
        }
        ExperimentException error = Assert.Throws<ExperimentException>(() => DatasetFile.Read(path));
        Assert.Equal("RaggedRow", error.ErrorId);
        Assert.Contains("long.csv, line 1000003: the row has 3 cell(s), but the first has 2", error.Message);
    }

    [Fact]
    public void WrongGzipIsRefusedAndNeverHalfRead()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919 % 50_000}\n")));
        byte[] whole = File.ReadAllBytes(folder.WriteGzip("whole.csv.gz", text));
        Assert.Equal(50_000, DatasetFile.Read(folder.Write("whole.csv.gz", whole)).Count);
        byte[] flipped = [.. whole];
        flipped[whole.Length / 2] ^= 0x10;
        byte[] wrongSum = [.. whole];
        wrongSum[^8] ^= 1;
        foreach (byte[] bad in new[] { whole[..(whole.Length / 2)], whole[..^3], flipped, wrongSum })
        {
            ExperimentException error = Assert.Throws<ExperimentException>(() => DatasetFile.Read(folder.Write("bad.csv.gz", bad)));
            // What a flipped bit unpacks to may fail as a table before the sum is looked at.
            Assert.Contains(error.ErrorId, bad == flipped ? new[] { "DamagedArchive", "RaggedRow", "MostlyNumeric", "NonNumericCell", "MissingValue", "WrongEncoding" } : ["DamagedArchive"]);
        }
        // Several packed files one after the other are one.
        byte[] more = File.ReadAllBytes(folder.WriteGzip("more.csv.gz", "7,8\n"u8.ToArray()));
        Assert.Equal(50_001, DatasetFile.Read(folder.Write("both.csv.gz", [.. whole, .. more])).Count);
        Assert.Equal("DamagedArchive", Assert.Throws<ExperimentException>(() => DatasetFile.Read(folder.Write("both.csv.gz", [.. whole, .. more[..^2]]))).ErrorId);
        Assert.Equal("DamagedArchive", Assert.Throws<ExperimentException>(() => DatasetFile.Read(folder.Write("tiny.csv.gz", whole[..12]))).ErrorId);
        // Not packed at all, whatever its name says: read as it is.
        Assert.Equal(2, DatasetFile.Read(folder.Write("plain.csv.gz", "a,b\n1,2\n3,4\n"u8.ToArray())).Count);
    }

    [Fact]
    public void AFileOfTwoEncodingsNamesTheLine()
    {
        // UTF-8 for 5,000 lines, then one of Latin-1: far ahead of where the rows are when the decoder meets it.
        byte[] start = System.Text.Encoding.UTF8.GetBytes("name,x\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"Zoë,{i}\n")));
        string path = folder.Write("mixed.csv", [.. start, .. System.Text.Encoding.Latin1.GetBytes("Zoë,1\n"), .. "Ann,2\n"u8]);
        ExperimentException error = Assert.Throws<ExperimentException>(() => DatasetFile.Read(path));
        Assert.Equal("WrongEncoding", error.ErrorId);
        Assert.Contains("mixed.csv, line 5002:", error.Message);
    }

    [Fact]
    public void ALongFileStreamsInBoundedMemory()
    {
        // 100 MB of which one column of numbers is wanted: 500,000 of them take 4 MB of lists (and twice that while they grow).
        string path = Path.Combine(folder.Root, "big.csv"), filler = new('x', 190);
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine("text,x");
            for (int i = 0; i < 500_000; i++)
            {
                writer.Write(filler);
                writer.Write(i % 1000);
                writer.WriteLine(",1.5");
            }
        }
        Assert.InRange(new FileInfo(path).Length, 95_000_000, 105_000_000);
        // In a process of its own, so that other tests' memory is not counted.
        ChildProcess.Result child = ChildProcess.Run(ReadOneColumn, null, path);
        Assert.True(child.ExitCode == 0, child.Error);
        long[] numbers = [.. child.Output.Trim().Split(' ').Select(n => long.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(500_000, numbers[0]);
        Assert.InRange(numbers[1], 0, 20_000_000);  // what is kept: the numbers
        Assert.InRange(numbers[2], 0, 70_000_000);  // the most there was: those, and what waited for the collector
    }

    /// <summary>Writes how many rows there are, what is kept of them, and the most memory that was taken on the way.</summary>
    private static void ReadOneColumn(string path)
    {
        long before = GC.GetTotalMemory(true), most = 0;
        using var timer = new Timer(_ => most = Math.Max(most, GC.GetTotalMemory(false)), null, 0, 5);
        Dataset data = DatasetFile.Read(path, new TableOptions { Feature = ["x"] });
        long kept = GC.GetTotalMemory(true) - before;
        Console.Out.Write(FormattableString.Invariant($"{data.Count} {kept} {most - before}"));
        GC.KeepAlive(data);
    }

    [SharedDataFact("tables/iris.csv")]
    public void IrisHas150FlowersOf3Kinds()
    {
        Dataset iris = DatasetFile.Read(SharedDataFactAttribute.PathOf("tables/iris.csv"), new TableOptions { Target = ["-1"] });
        Assert.Equal((150, 4), (iris.Count, iris.InputShape[0]));
        Assert.Equal([("Iris-setosa", 50), ("Iris-versicolor", 50), ("Iris-virginica", 50)], iris.ClassCounts!.Select(c => (c.Class, c.Count)));
        // Means of the four columns over all flowers, as published with the data set (Fisher 1936): 5.84, 3.05 (3.054 in this edition), 3.76, 1.20.
        float[] all = Features(iris);
        double[] means = [.. Enumerable.Range(0, 4).Select(j => Enumerable.Range(0, 150).Average(r => (double)all[r * 4 + j]))];
        Assert.Equal([5.84, 3.05, 3.76, 1.20], means.Select(m => Math.Round(m, 2)));
    }

    [SharedDataFact("tables/winequality-white.csv")]
    public void WineHas4898Rows() => Assert.Equal((4898, 11),
        DatasetFile.Read(SharedDataFactAttribute.PathOf("tables/winequality-white.csv"), new TableOptions { Target = ["-1"] }) is { } d ? (d.Count, d.InputShape[0]) : default);

    private Dataset Read(string text, CsvFormat? format = null, TableOptions? table = null) =>
        (format ?? (CsvFormat)Catalogue<DataFormat>.Default.Create("Csv")).Read(new ImportRequest(folder.Write("t.csv", text), "t", table ?? new TableOptions()));

    private ExperimentException Fails(string errorId, string text)
    {
        var error = Assert.Throws<ExperimentException>(() => Read(text));
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }

    private static IEnumerable<string> Names(Dataset data) => data.Schema!.Features.Select(f => f.Name);

    private static float[] Features(Dataset data)
    {
        float[] values = new float[data.Count * data.InputShape.ElementCount];
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], values);
        return values;
    }
}
