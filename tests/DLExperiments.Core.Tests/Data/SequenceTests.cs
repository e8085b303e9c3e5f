using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Text;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;

namespace DLExperiments.Tests.Data;

public sealed class SequenceTests : IClassFixture<TorchFixture>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheToySentenceHasItsPublishedCodes()
    {
        string[] words = [.. Tokenizer.Split("the cat is on the table and the dog is on the mat", TextLevel.Word)];
        Assert.Equal([7, 1, 3, 5, 7, 6, 0, 7, 2, 3, 5, 7, 4], Vocabulary.Collect(words, TextLevel.Word, specials: false).Encode(words, "toy"));
    }

    [Fact]
    public void WordsAreSplitFromMarks()
    {
        Assert.Equal(["well", ",", "don't", "(", "go", ")", "!", "\n", "no"], Tokenizer.Split("Well, don't (go)!\nNo", TextLevel.Word, lowercase: true, keepNewlines: true));
        Assert.Equal(["a", "\n", "é", "😀"], Tokenizer.Split("a\né😀", TextLevel.Character));
    }

    [Fact]
    public void ALimitedVocabularyKeepsTheMostFrequent()
    {
        Vocabulary vocabulary = Vocabulary.Collect("c b b a a a d".Split(' '), TextLevel.Word, specials: true, size: 5);
        Assert.Equal(["<PAD>", "<START>", "<UNK>", "a", "b"], vocabulary.Tokens.ToArray());
        Assert.Equal([3, 2, 4], vocabulary.Encode(["a", "c", "b"], "x"));
        Assert.Equal("a <UNK> b", vocabulary.Decode([3, 2, 4]));
        Assert.Equal("UnknownSymbol", Assert.Throws<ExperimentException>(() => new Vocabulary(["a"], TextLevel.Word).Encode(["z"], "x")).ErrorId);
    }

    [Fact]
    public void RowsAreWindowsWithTheNextSymbol()
    {
        string path = folder.Write("t.txt", "abcdefg");
        Dataset data = Read(new TextFormat { SequenceLength = 3 }, path);
        Assert.Equal((4, new Shape(3)), (data.Count, data.InputShape));
        Assert.Equal([0f, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5], Values(data));
        Assert.Equal(["d", "e", "f", "g"], ((ClassColumn)data.Targets[0]).Codes.ToArray().Select(c => data.ClassNames![c]));
        Assert.Equal(["abc", "d"], new DatasetRows(data).Read().First());
        Dataset wide = Read(new TextFormat { SequenceLength = 3, Stride = 3 }, path);
        Assert.Equal([0f, 1, 2, 3, 4, 5], Values(wide));
        Assert.NotEqual(data.Fingerprint, wide.Fingerprint);
        Assert.Equal(data.Fingerprint, Read(new TextFormat { SequenceLength = 3 }, path).Fingerprint);
        Assert.Equal("TextTooShort", Assert.Throws<ExperimentException>(() => Read(new TextFormat { SequenceLength = 7 }, path)).ErrorId);
        var known = ((SequenceColumn)data.Features[0]).Vocabulary;
        Assert.Equal([2f, 1], Values(Read(new TextFormat { SequenceLength = 2, Vocabulary = known }, folder.Write("u.txt", "cba"))));
        Assert.Equal("UnknownSymbol", Assert.Throws<ExperimentException>(() => Read(new TextFormat { SequenceLength = 2, Vocabulary = known }, folder.Write("u.txt", "xyz"))).ErrorId);
        Assert.Equal("WrongEncoding", Assert.Throws<ExperimentException>(() => Read(new TextFormat { SequenceLength = 2 }, folder.Write("l.txt", [0x61, 0xE9, 0x62, 0x63]))).ErrorId);
    }

    [Fact]
    public void TextIsToldFromTables()
    {
        Assert.Equal("Text", DatasetFile.FindFormat(folder.Write("a.txt", "First:\nBefore, we go, hear me.\n\nAll:\nSpeak, speak.\n")).Name);
        Assert.Equal("Csv", DatasetFile.FindFormat(folder.Write("b.txt", "1,2\n3,4\n")).Name);
        Assert.Equal("TimeSeries", DatasetFile.FindFormat(folder.Write("c.csv", "x\n1\n2\n"), ["Window"]).Name);
        Assert.Equal("Csv", DatasetFile.FindFormat(folder.Write("c.csv", "x\n1\n2\n"), ["Delimiter"]).Name);
    }

    [SharedDataFact("text/tinyshakespeare.txt")]
    public void TinyShakespeareHasItsPublishedSizes()
    {
        Dataset data = DatasetFile.Read(SharedDataFactAttribute.PathOf("text/tinyshakespeare.txt"));
        Assert.Equal((1_115_294, new Shape(100), 65), (data.Count, data.InputShape, data.ClassNames!.Count));
    }

    [Fact]
    public void AnEmbeddingLearnsTheNextSymbol()
    {
        // The symbol after two of 'abac' repeated is determined by them, so a network must reach every one.
        Dataset data = Read(new TextFormat { SequenceLength = 2 }, folder.Write("abac.txt", string.Concat(Enumerable.Repeat("abac", 30))));
        NetworkDefinition Network(int symbols) => NetworkDefinition.Create(new Shape(2))
            .Add(new EmbeddingLayer { NumEmbeddings = symbols, EmbeddingDim = 4 }).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 16 }).Add(new TanhLayer()).Add(new LinearLayer { OutFeatures = 3 });
        var options = new TrainingOptions { Epochs = 60, BatchSize = 16, LearningRate = .02, Seed = 1, Threads = 1 };
        Assert.Equal(1, Trainer.Train(TrainingRequest.New(Network(3), data), options).History[^1].TrainingAccuracy);
        ExperimentException error = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(Network(2), data), options));
        Assert.Equal("VocabularyTooLarge", error.ErrorId);
    }

    [Fact]
    public void WindowsOfASeriesHaveTheNextValue()
    {
        string path = folder.Write("s.csv", "t,x,y\n0,1,10\n1,2,20\n2,3,30\n3,4,40\n4,5,50\n");
        Dataset data = Read(new TimeSeriesFormat { Window = 2, Column = ["y"] }, path);
        Assert.Equal(new Shape(2, 1), data.InputShape);
        Assert.Equal([10f, 20, 20, 30, 30, 40], Values(data));
        Assert.Equal([30f, 40, 50], ((FloatColumn)data.Targets[0]).Values.ToArray());
        Dataset two = Read(new TimeSeriesFormat { Window = 2, Column = ["y", "x"], Horizon = 2 }, path);
        Assert.Equal([10f, 1, 20, 2, 20, 2, 30, 3], Values(two));
        Assert.Equal([40f, 50], ((FloatColumn)two.Targets[0]).Values.ToArray());
        Assert.Equal("SeriesTooShort", Assert.Throws<ExperimentException>(() => Read(new TimeSeriesFormat { Window = 5 }, path)).ErrorId);
        Assert.Equal("UnknownColumn", Assert.Throws<ExperimentException>(() => Read(new TimeSeriesFormat { Column = ["z"] }, path)).ErrorId);
    }

    [SharedDataFact("tables/airline-passengers.csv")]
    public void AirlinePassengersSplitAsPublished()
    {
        Dataset data = Read(new TimeSeriesFormat { Window = 5, TrainRatio = .7 }, SharedDataFactAttribute.PathOf("tables/airline-passengers.csv"));
        Assert.Equal((95, 39), (data.Train!.Count, data.Test!.Count));
        Assert.Equal([112f, 118, 132, 129, 121], Values(data)[..5]);
        Assert.Equal(135, ((FloatColumn)data.Targets[0]).Values[0]);
    }

    [Fact]
    public void ListedPicturesHaveTheLastWordAsTarget()
    {
        folder.Write("1_front.bmp", TempFolder.Bmp(2, 2, (_, _) => (1, 1, 1)));
        folder.Write("2_front.bmp", TempFolder.Bmp(2, 2, (_, _) => (2, 2, 2)));
        string list = folder.Write("Info.txt", "4 4.0 4053 85255 869500\n3 2 1500 85266 865200\n");
        Dataset houses = Read(new ImageListFormat { Pattern = "*_front.bmp" }, list);
        Assert.Equal([869500f, 865200], ((FloatColumn)houses.Targets[0]).Values.ToArray());
        Assert.Equal(2, ((ByteColumn)houses.Features[0]).Values[12]);
        Assert.Equal("ImageList", DatasetFile.FindFormat(list, ["Pattern"]).Name);
        ExperimentException error = Assert.Throws<ExperimentException>(() => Read(new ImageListFormat { Pattern = "*_back.bmp" }, list));
        Assert.Contains("line 1: there is no picture '1_back.bmp'", error.Message);
        string named = folder.Write("Info.txt", "1_front.bmp cat\n2_front.bmp dog\n");
        Assert.Equal("ImageList", DatasetFile.FindFormat(named).Name);
        Assert.Equal(["cat", "dog"], DatasetFile.Read(folder.Root).ClassNames);
    }

    [Fact]
    public void PicturesHaveTheirMasks()
    {
        folder.Write("images/a.bmp", TempFolder.Bmp(2, 1, (_, _) => (9, 9, 9)));
        folder.Write("masks/a.bmp", TempFolder.Bmp(2, 1, (x, _) => x == 0 ? ((byte)120, (byte)120, (byte)120) : ((byte)130, (byte)130, (byte)130)));
        Dataset data = DatasetFile.Read(folder.Root);
        Assert.Equal(new Shape(1, 1, 2), data.Targets[0].ItemShape);
        float[] mask = new float[2];
        data.ReadTarget(0, [0], mask);
        Assert.Equal([0f, 1], mask);
        folder.Write("images/b.bmp", TempFolder.Bmp(2, 1, (_, _) => (9, 9, 9)));
        Assert.Equal("MaskNotFound", Assert.Throws<ExperimentException>(() => DatasetFile.Read(folder.Root)).ErrorId);
    }

    private static float[] Values(Dataset data)
    {
        float[] values = new float[data.Count * data.InputShape.ElementCount];
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], values);
        return values;
    }

    private static Dataset Read(DataFormat format, string path) => format.Read(new ImportRequest(path, "x", new TableOptions()));
}
