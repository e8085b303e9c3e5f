using DLExperiments.Data.Text;
using DLExperiments.Errors;

namespace DLExperiments.Tests.Data;

public sealed class WordVectorTests : IDisposable
{
    private const string Four = "the 1 2 3\ncat -1 0.5 1e-2\n. 7 8 9\nmat 0 0 6\n";
    private static readonly Vocabulary Words = new([.. Vocabulary.Specials, "cat", "dog", "mat"], TextLevel.Word);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Four)]
    [InlineData("4 3\n" + Four)]                                            // word2vec's header
    [InlineData("the 1 2 3\r\ncat -1 0.5 1e-2 \r\nmat 0 0 6")]               // other line ends, no last one
    [InlineData("the 1 2 3\ncat -1 0.5 1e-2\ncat 5 5 5\nmat 0 0 6\n")]      // of two the first counts
    public void VectorsAreAlignedToTheVocabulary(string text)
    {
        WordVectorTable vectors = WordVectorReader.Read(folder.Write("v.txt", text), Words);
        Assert.Equal((6, 3, 2, 1), (vectors.Count, vectors.Width, vectors.FoundCount, vectors.MissingCount));
        Assert.Equal([0f, 0, 0, 0, 0, 0, 0, 0, 0, -1, .5f, .01f, 0, 0, 0, 0, 0, 6], vectors.Values);
        Assert.Equal("dog", Assert.Single(vectors.MissingSymbols));
        Assert.Equal(2.0 / 3, vectors.Coverage, 12);
        Assert.Equal([-1f, .5f, .01f], vectors.VectorOf("cat"));
    }

    [Fact]
    public void UnknownWordsGetTheMeanOrAreDrawn()
    {
        string path = folder.WriteGzip("v.txt.gz", System.Text.Encoding.UTF8.GetBytes(Four));
        WordVectorTable mean = WordVectorReader.Read(path, Words, UnknownVector.Mean);
        Assert.Equal([-.5f, .25f, 3.005f], mean.VectorOf("dog"), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0f, 0, 0], mean.VectorOf("<PAD>"));
        Assert.Equal(mean.VectorOf("dog"), mean.VectorOf("<UNK>"));
        // Many missing words: their numbers have the mean and deviation (half the distance of two values) of those found.
        Vocabulary many = new([.. Words.Tokens, .. Enumerable.Range(0, 2000).Select(i => $"w{i}")], TextLevel.Word);
        WordVectorTable drawn = WordVectorReader.Read(path, many, UnknownVector.Random, seed: 3);
        double[] third = [.. many.Tokens.Skip(6).Select(t => (double)drawn.VectorOf(t)[2])];
        Assert.Equal(3.005, third.Average(), 4 * 2.995 / Math.Sqrt(2000)); // four standard errors
        Assert.Equal(2.995, Math.Sqrt(third.Average(v => (v - third.Average()) * (v - third.Average()))), 4 * 2.995 / Math.Sqrt(4000));
        Assert.Equal(drawn.Values, WordVectorReader.Read(path, many, UnknownVector.Random, seed: 3).Values);
        Assert.NotEqual(drawn.Values, WordVectorReader.Read(path, many, UnknownVector.Random, seed: 4).Values);
    }

    [Fact]
    public void OddLinesAreCountedAndLeftOut()
    {
        // 'mat name' is a word of two; 'dog' has a number too few; the second 'cat' is no number.
        WordVectorTable vectors = WordVectorReader.Read(folder.Write("v.txt", "the 1 2\nmat name 1 2\ndog 1\ncat 1 x\ncat 3 4\nmat 5 6\nnospace\n"), Words);
        Assert.Equal([3f, 4], vectors.VectorOf("cat"));
        Assert.Equal([5f, 6], vectors.VectorOf("mat"));
        Assert.Equal("dog", Assert.Single(vectors.MissingSymbols));
        Assert.Equal(4, vectors.SkippedLines);
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        Assert.Equal("NotWordVectors", Fails(folder.Write("prose.txt", string.Concat(Enumerable.Repeat("to be or not to be\n", 200)))));
        Assert.Equal("NotWordVectors", Fails(folder.Write("bytes.txt", new byte[3_000_000])));
        Assert.Equal("NoWordFound", Fails(folder.Write("other.txt", "CAT 1 2\n")));
        Assert.Equal("EmptyFile", Fails(folder.Write("empty.txt", "")));
        Assert.Equal("FileNotFound", Fails(Path.Combine(folder.Root, "none.txt")));
    }

    [Fact]
    public void ALongFileStreamsThroughASmallBuffer()
    {
        // 30 MB of vectors of which two are wanted, across many buffers; allocations are what the words take, not what the lines do.
        string path = Path.Combine(folder.Root, "long.txt");
        using (var writer = new StreamWriter(path))
            for (int i = 0; i < 20_000; i++) writer.WriteLine(i == 19_999 ? "mat" + Numbers(2) : i == 7 ? "cat" + Numbers(1) : $"w{i}" + Numbers(0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        WordVectorTable vectors = WordVectorReader.Read(path, Words);
        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1f, vectors.VectorOf("cat")[299]);
        Assert.Equal(2f, vectors.VectorOf("mat")[0]);
        Assert.InRange(used, 0, 5_000_000);
        Assert.InRange(new FileInfo(path).Length, 20_000_000, long.MaxValue);

        static string Numbers(int value) => string.Concat(Enumerable.Repeat($" {value}.000", 300));
    }

    private static string Fails(string path) => Assert.Throws<ExperimentException>(() => WordVectorReader.Read(path, Words)).ErrorId;
}
