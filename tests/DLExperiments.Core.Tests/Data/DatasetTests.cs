using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void TheFingerprintIsOfTheContentAlone()
    {
        Dataset data = Make([1, 2, 3], [0, 1, 0], ["a", "b"]);
        Assert.Matches("^[0-9a-f]{64}$", data.Fingerprint);
        Assert.Equal(data.Fingerprint, Make([1, 2, 3], [0, 1, 0], ["a", "b"]).Fingerprint);
        Assert.Equal(data.Fingerprint, data.Rename("other").Fingerprint);
        Assert.Equal(data.Fingerprint, new HoldOut { Ratio = [.5] }.Split(data).Fingerprint);
        Assert.Equal(data.Fingerprint, data.Select("same", [0, 1, 2]).Fingerprint);
        string[] others =
        [
            Make([1, 2, 4], [0, 1, 0], ["a", "b"]).Fingerprint, Make([1, 2, 3], [0, 1, 1], ["a", "b"]).Fingerprint,
            Make([1, 2, 3], [0, 1, 0], ["a", "c"]).Fingerprint, data.Select("turned", [2, 1, 0]).Fingerprint, data.Select("less", [0, 1]).Fingerprint,
        ];
        Assert.Equal(5, others.Append(data.Fingerprint).Distinct().Count() - 1);
    }

    [Fact]
    public void BytesAndFloatsOfOneValueAreDifferentData()
    {
        Dataset bytes = Dataset.Create("b", [new ByteColumn("x", new Shape(1), [0, 255])], []), floats = Dataset.Create("f", [new FloatColumn("x", new Shape(1), [0, 1])], []);
        Assert.NotEqual(bytes.Fingerprint, floats.Fingerprint);
    }

    [Fact]
    public void ClassesAreCountedInThePieceAtHand()
    {
        Dataset data = Make([1, 2, 3, 4], [0, 1, 0, 0], ["a", "b"]);
        Assert.Equal([new ClassCount("a", 3, .75), new ClassCount("b", 1, .25)], data.ClassCounts!);
        Assert.Equal([new ClassCount("a", 0, 0), new ClassCount("b", 1, 1)], data.Select("one", [1]).ClassCounts!);
        Assert.Null(Dataset.Create("n", [new FloatColumn("x", new Shape(), [1])], []).ClassCounts);
    }

    [Fact]
    public void ColumnsMustHaveTheSameNumberOfRows()
    {
        var e = Assert.Throws<ExperimentException>(() => Make([1, 2], [0], ["a"]));
        Assert.Equal("ColumnLengthMismatch", e.ErrorId);
        Assert.Contains("'class' has 1 rows", e.Message);
    }

    [Fact]
    public void TheDescriptionSaysWhatThereIs()
    {
        string text = new HoldOut { Ratio = [.5], Sequential = true }.Split(Make([1, 2, 3, 4], [0, 1, 0, 0], ["a", "b"])).Describe();
        foreach (string part in new[] { "4 rows", "x [1] float32", "one of 2 classes", "a: 3 (75 %), b: 1 (25 %)", "Train 2, Validation and Test 2" }) Assert.Contains(part, text);
    }

    [Fact]
    public void TheSchemaSurvivesJson()
    {
        var schema = new TableSchema([new TableColumn("a", ColumnEncoding.Number, []), new TableColumn("b", ColumnEncoding.OneHot, ["x", "é\"y"])],
            [new TableColumn("t", ColumnEncoding.Label, ["n"])], ["?", "NA"], fillsMissing: true);
        TableSchema read = TableSchema.FromJson(schema.ToJson());
        Assert.Equal(schema.ToJson().ToJsonString(), read.ToJson().ToJsonString());
        Assert.Equal(3, read.FeatureWidth);
        Assert.Equal<string>(["?", "NA"], read.MissingValues);
        Assert.True(read.FillsMissing);
    }

    private static Dataset Make(float[] values, int[] codes, string[] classes) =>
        Dataset.Create("d", [new FloatColumn("x", new Shape(1), values)], [new ClassColumn("class", codes, classes)]);
}
