using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Text;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;

namespace DLExperiments.Tests.Data;

public sealed class TextRowsTests : IClassFixture<TorchFixture>, IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<string> warnings = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheToySentenceIsEncodedAsPublished()
    {
        // 'sorted set' numbering, as TextFormat does without special symbols; with them the same words follow three places later.
        const string toy = "the cat is on the table and the dog is on the mat";
        Vocabulary words = Vocabulary.Collect(Tokenizer.Split(toy, TextLevel.Word), TextLevel.Word, specials: false);
        Assert.Equal([7, 1, 3, 5, 7, 6, 0, 7, 2, 3, 5, 7, 4], new TextCoding(words, 13).Encode(toy, "toy"));
        Vocabulary more = new(Vocabulary.Specials.Concat(words.Tokens), TextLevel.Word);
        Assert.Equal([10, 4, 6, 8, 10, 9, 3, 10, 5, 6, 8, 10, 7, 0, 0], new TextCoding(more, 15).Encode(toy, "toy"));
    }

    [Theory]
    [InlineData(TextSide.End, TextSide.End, false, new[] { 3, 4, 0, 0 }, new[] { 3, 4, 5, 3 })]
    [InlineData(TextSide.Start, TextSide.Start, false, new[] { 0, 0, 3, 4 }, new[] { 4, 5, 3, 2 })]
    [InlineData(TextSide.End, TextSide.End, true, new[] { 1, 3, 4, 0 }, new[] { 1, 3, 4, 5 })]
    public void TextsAreFilledUpAndCutWhereWanted(TextSide padding, TextSide truncation, bool start, int[] brief, int[] full)
    {
        var coding = new TextCoding(new Vocabulary([.. Vocabulary.Specials, "a", "b", "c"], TextLevel.Word), 4) { Padding = padding, Truncation = truncation, StartSymbol = start };
        Assert.Equal(brief, coding.Encode("a b", "x"));
        Assert.Equal(full, coding.Encode("a b c a zebra", "x"));
        Assert.Equal(full, TextCoding.FromJson(coding.ToJson()).Encode("a b c a zebra", "x"));
    }

    [Fact]
    public void AFolderOfTextsHasPiecesAndLeavesOthersOut()
    {
        folder.Write("train/pos/1.txt", "good good film");
        folder.Write("train/neg/1.txt", "bad film\r\nbad");
        folder.Write("train/unsup/1.txt", "who knows");
        folder.Write("test/pos/1.txt", "fine");
        folder.Write("test/neg/1.txt", "bad film\r\nbad");
        folder.Write("train/urls.txt", "http://");
        Assert.Equal("TextFolder", DatasetFile.FindFormat(folder.Root).Name);
        Dataset data = Read(new TextFolderFormat { SequenceLength = 3 }, folder.Root);
        Assert.Equal(["neg", "pos"], data.ClassNames);
        Assert.Equal((2, 2), (data.Train!.Count, data.Test!.Count));
        // Most frequent first, of equals in the order of characters; 'fine' is of the test piece and stays unknown.
        Assert.Equal("<PAD> <START> <UNK> bad film good", string.Join(" ", ((SequenceColumn)data.Features[0]).Vocabulary.Tokens));
        Assert.Equal([3f, 4, 3, 5, 5, 4], Rows(data.Train));
        Assert.Equal([3f, 4, 3, 2, 0, 0], Rows(data.Test));
        Assert.Contains(warnings, w => w.Contains("'train/neg/1.txt' is the same file as 'test/neg/1.txt'"));
        Directory.CreateDirectory(Path.Combine(folder.Root, "train", "mixed"));
        Assert.Equal("EmptyClass", Assert.Throws<ExperimentException>(() => Read(new TextFolderFormat(), folder.Root)).ErrorId);
        Assert.Equal(4, Read(new TextFolderFormat { AllowEmpty = true }, folder.Root).Count);
        folder.Write("train/mixed/1.txt", [0xE9, 0x20]);
        Assert.Contains("'train/mixed/1.txt' is not UTF-8", Assert.Throws<ExperimentException>(() => Read(new TextFolderFormat(), folder.Root)).Message);
    }

    [Fact]
    public void ATableOfTextsHasTextsAndClasses()
    {
        string path = folder.Write("r.csv", "id,review,sentiment\n1,\"good, very good\",pos\n2,bad,neg\n");
        Dataset data = Read(new TextTableFormat { TextColumn = "review", LabelColumn = "sentiment", SequenceLength = 5 }, path);
        Assert.Equal(["neg", "pos"], data.ClassNames);
        Assert.Equal("good , very good", new DatasetRows(data).Read().First()[0]);
        Assert.Equal("TextTable", DatasetFile.FindFormat(path, ["TextColumn"]).Name);
        Assert.Equal("UnknownColumn", Assert.Throws<ExperimentException>(() => Read(new TextTableFormat { TextColumn = "text" }, path)).ErrorId);
        ExperimentException error = Assert.Throws<ExperimentException>(() => Read(new TextTableFormat { TextColumn = "review", LabelColumn = "sentiment" }, folder.Write("s.csv", "review,sentiment\ngood,pos\nbad,\n")));
        Assert.Contains("s.csv, line 3, column 'sentiment'", error.Message);
        string json = folder.Write("r.jsonl", "{\"label\": 1, \"text\": \"good, \\n very good\"}\n\n{\"text\": \"bad\", \"label\": 0}\n");
        Dataset lines = Read(new TextTableFormat { TextColumn = "text", LabelColumn = "label", SequenceLength = 5 }, json);
        Assert.Equal(["0", "1"], lines.ClassNames);
        Assert.Equal("good , very good", new DatasetRows(lines).Read().First()[0]);
        Assert.Equal("TextTable", DatasetFile.FindFormat(json, ["TextColumn"]).Name);
        Assert.Contains("line 2, column 'label'", Assert.Throws<ExperimentException>(() => Read(new TextTableFormat { TextColumn = "text", LabelColumn = "label" }, folder.Write("m.jsonl", "{\"text\": \"a\", \"label\": 0}\n{\"text\": \"b\"}\n"))).Message);
    }

    [Fact]
    public void AModelTakesRawTextAlsoFromItsFile()
    {
        string[] good = ["good", "great", "fine"], bad = ["bad", "awful", "poor"];
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"a {good[i % 3]} film {i % 5},pos\nthe {bad[i % 3]} film {i % 7},neg\n"));
        Dataset data = Read(new TextTableFormat { TextColumn = "text", LabelColumn = "label", SequenceLength = 6, Lowercase = true }, folder.Write("t.csv", "text,label\n" + rows));
        int symbols = ((SequenceColumn)data.Features[0]).Vocabulary.Count;
        NetworkDefinition network = NetworkDefinition.Create(new Shape(6)).Add(new EmbeddingLayer { NumEmbeddings = symbols, EmbeddingDim = 4 }).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 2 });
        Model model = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 30, BatchSize = 10, LearningRate = .05, Seed = 1, Threads = 1 }).Model;
        string file = Path.Combine(folder.Root, "m.safetensors");
        ModelFile.Export(model, file, overwrite: false);
        foreach (Model one in new[] { model, ModelFile.Import(file) })
        {
            var predictor = new Predictor(one);
            Assert.Equal("pos", ((ClassPrediction)predictor.Predict("A GREAT film 1", 0, null)).Prediction);
            Assert.Equal("neg", ((ClassPrediction)predictor.Predict("the awful film", 0, null)).Prediction);
            Assert.Equal("neg", ((ClassPrediction)predictor.Predict(c => c == "Text" ? "the poor film 3" : null, null, 0, null)).Prediction);
            // A data set that is numbered by other words is refused, by the model's own accepted.
            string other = folder.Write("o.csv", "text,label\nthe poor film,neg\na good one,pos\n");
            Dataset strange = Read(new TextTableFormat { TextColumn = "text", LabelColumn = "label", SequenceLength = 6 }, other);
            Assert.Equal("VocabularyMismatch", Assert.Throws<ExperimentException>(() => predictor.Predict(strange).ToList()).ErrorId);
            Assert.Equal("VocabularyMismatch", Assert.Throws<ExperimentException>(() => Measurer.Measure(one, strange)).ErrorId);
            Dataset same = Read(new TextTableFormat { TextColumn = "text", LabelColumn = "label", SequenceLength = 6, Vocabulary = one.Preprocessing.Text!.Vocabulary }, other);
            Assert.Equal(["neg", "pos"], predictor.Predict(same).Select(p => ((ClassPrediction)p).Prediction));
        }
        Assert.Equal("NotATextModel", Assert.Throws<ExperimentException>(() => new Predictor(new Model(network, model.Weights)).Predict("x", 0, null)).ErrorId);
    }

    [Fact]
    public void ACharacterModelContinuesRawText()
    {
        Dataset data = Read(new TextFormat { SequenceLength = 2 }, folder.Write("abac.txt", string.Concat(Enumerable.Repeat("abac", 30))));
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new EmbeddingLayer { NumEmbeddings = 3, EmbeddingDim = 4 }).Add(new FlattenLayer())
            .Add(new LinearLayer { OutFeatures = 16 }).Add(new TanhLayer()).Add(new LinearLayer { OutFeatures = 3 });
        var predictor = new Predictor(Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 60, BatchSize = 16, LearningRate = .02, Seed = 1, Threads = 1 }).Model);
        Assert.Equal("a", ((ClassPrediction)predictor.Predict("abac", 0, null)).Prediction); // the last two count: 'ac'
        Assert.Equal("c", ((ClassPrediction)predictor.Predict("ba", 0, null)).Prediction);
        Assert.Equal("TextTooShort", Assert.Throws<ExperimentException>(() => predictor.Predict("b", 0, null)).ErrorId);
        Assert.Equal("UnknownSymbol", Assert.Throws<ExperimentException>(() => predictor.Predict("xy", 0, null)).ErrorId);
    }

    private Dataset Read(DataFormat format, string path) => format.Read(new ImportRequest(path, "x", new TableOptions(), warnings.Add));

    private static float[] Rows(Dataset data)
    {
        float[] values = new float[data.Count * data.InputShape.ElementCount];
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], values);
        return values;
    }
}
