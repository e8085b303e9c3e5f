using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class TableTests
{
    private static readonly string[] Columns = ["size", "colour", "kind"];

    [Fact]
    public void NumbersAndOneHotTextsBecomeFeaturesAndTextAClass()
    {
        Dataset data = Build(new TableOptions { Target = ["kind"] }, ["1.5", "red", "cat"], ["-2e1", "blue", "ant"], ["3", "red", "cat"]);
        Assert.Equal(new Shape(3), data.InputShape);
        // Categories in their order: blue, red.
        Assert.Equal([1.5f, 0, 1, -20, 1, 0, 3, 0, 1], Features(data));
        Assert.Equal(["ant", "cat"], data.ClassNames);
        Assert.Equal([1, 0, 1], ((ClassColumn)data.Targets[0]).Codes.ToArray());
        Assert.Equal([("ant", 1), ("cat", 2)], data.ClassCounts!.Select(c => (c.Class, c.Count)));
    }

    [Fact]
    public void LabelEncodingGivesIndices() => Assert.Equal([1f, 1, 2, 0],
        Features(Build(new TableOptions { Target = ["kind"], TextEncoding = TextEncoding.Label }, ["1", "red", "a"], ["2", "blue", "b"])));

    [Fact]
    public void NetObjectsReadLikeTheirText()
    {
        Dataset data = Build(new TableOptions { Target = ["kind"] }, [1.5, true, 7L], [(byte)2, false, 8m]);
        Assert.Equal([1.5f, 0, 1, 2, 1, 0], Features(data));
        Assert.Equal("float32", data.Targets[0].ElementType);
    }

    [Theory]
    [InlineData(TargetType.Auto, "float32")]
    [InlineData(TargetType.Number, "float32")]
    [InlineData(TargetType.Class, "class")]
    public void ANumberTargetIsAClassOnlyWhenAsked(TargetType type, string expected) => Assert.Equal(expected,
        Build(new TableOptions { Target = ["size"], TargetType = type }, ["1", "a", "b"], ["10", "a", "b"], ["9", "b", "c"]).Targets[0].ElementType);

    [Fact]
    public void ClassNamesAreOrderedByNumberThenNaturally()
    {
        string[] expected = ["-1", "2", "10", "10.0", "A", "class2", "class10", "classic", "é"];
        Assert.Equal(expected, expected.Reverse().Order(NaturalOrder.Instance));
    }

    [Fact]
    public void SeveralNumberTargetsAreOneTargetOfThatShape()
    {
        Dataset data = Build(new TableOptions { Target = ["size", "kind"] }, ["1", "red", "10"], ["2", "red", "20"]);
        Assert.Equal(new Shape(2), Assert.Single(data.Targets).ItemShape);
        float[] values = new float[4];
        data.ReadTarget(0, [0, 1], values);
        Assert.Equal([1f, 10, 2, 20], values);
    }

    [Theory]
    [InlineData("Feature", "s*,c*", "size,colour")]
    [InlineData("Feature", "-1", "kind")]
    [InlineData("Feature", "0", "size")]
    [InlineData("Exclude", "col*", "size,kind")]
    public void ColumnsAreChosenByNameWildcardOrPlace(string option, string patterns, string expected)
    {
        string[] list = patterns.Split(',');
        TableOptions options = option == "Feature" ? new TableOptions { Feature = list } : new TableOptions { Exclude = list };
        Assert.Equal(expected, string.Join(",", Build(options, ["1", "a", "b"]).Schema!.Features.Select(f => f.Name)));
    }

    [Fact]
    public void AMostlyNumericColumnNamesTheOddCell()
    {
        var e = Fails("NonNumericCell", new TableOptions { Target = ["kind"] }, ["1", "a", "x"], ["2", "b", "x"], ["oops", "a", "y"]);
        Assert.Contains("Row 3, column 'size': 'oops'", e.Message);
        Assert.Contains("-Text 'size'", e.Message);
    }

    [Fact]
    public void AForcedNumberColumnNamesTheFirstOddCell() => Assert.Contains("Row 1, column 'colour': 'a'",
        Fails("NonNumericCell", new TableOptions { Number = ["colour"] }, ["1", "a", "x"]).Message);

    [Fact]
    public void WhatFloat32CannotHoldIsNoNumber()
    {
        Assert.Contains("float32", Fails("NonNumericCell", new TableOptions { Number = ["size"] }, ["1e300", "a", "x"]).Message);
        Assert.Contains("decimal sign", Fails("NonNumericCell", new TableOptions { Number = ["size"] }, ["1,5", "a", "x"]).Message);
    }

    [Fact]
    public void TextForcesCategoriesExactlyAsSpelt() => Assert.Equal(["1", "01", "2"],
        Build(new TableOptions { Text = ["size"] }, ["01", "a", "x"], ["1", "a", "x"], ["2", "a", "x"]).Schema!.Features[0].Categories.OrderBy(c => c.TrimStart('0')).ThenBy(c => c.Length));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(double.NaN)]
    [InlineData("NA")]
    public void AMissingValueIsRefusedByNameUnlessAChoiceIsMade(object? missing)
    {
        var e = Fails("MissingValue", new TableOptions { MissingValue = ["na"] }, [1, "a", "x"], [missing, "a", "x"]);
        Assert.Contains("Row 2, column 'size'", e.Message);
    }

    [Fact]
    public void DropLeavesOutRowsWithGapsInUsedColumnsOnly()
    {
        var builder = new TableBuilder("t", Columns, new TableOptions { Feature = ["size"], Target = ["kind"], Missing = MissingPolicy.Drop });
        builder.Add(["1", null, "x"], 1);
        builder.Add([null, "a", "x"], 2);
        builder.Add(["3", "a", ""], 3);
        Dataset data = builder.Build();
        Assert.Equal((1, 2), (data.Count, builder.Dropped));
    }

    [Fact]
    public void GapsAreFilledFromTheTrainingPart()
    {
        Dataset data = Build(new TableOptions { Target = ["kind"], Missing = MissingPolicy.Mean, Scale = FeatureScaling.Standardize },
            ["1", "red", "x"], ["", "red", "x"], ["3", null, "x"], ["900", "blue", "y"]);
        Preprocessing fitted = Preprocessing.Fit(data.Select("train", [0, 1, 2]));
        float[] seen = new float[12];
        fitted.Read(data, 0, [0, 1, 2, 3], seen);
        // Train: 1, 2 (the mean), 3 and red, red, red; the deviation is sqrt(2/3).
        float step = (float)Math.Sqrt(1.5);
        Assert.Equal([-step, 0, 1, 0, 0, 1, step, 0, 1], seen[..9].Select(v => MathF.Round(v, 6)).Zip([-step, 0, 1, 0, 0, 1, step, 0, 1], (a, b) => Math.Abs(a - b) < 1e-5 ? b : a));
        Assert.Equal((900 - 2) * step, seen[9], 2);
    }

    [Fact]
    public void AGapInATargetIsNeverMadeUp() => Assert.Contains("-Missing Drop",
        Fails("MissingValue", new TableOptions { Target = ["kind"], Missing = MissingPolicy.Mean }, ["1", "a", null]).Message);

    [Theory]
    [InlineData("colr", "colour")]
    [InlineData("Kynd", "kind")]
    public void AnUnknownColumnBringsNearNames(string typed, string near) =>
        Assert.Contains($"'{near}'", Fails("UnknownColumn", new TableOptions { Target = [typed] }, ["1", "a", "x"]).Message);

    [Fact]
    public void BadTablesAreNamed()
    {
        Fails("EmptyDataset", new TableOptions());
        Fails("NoFeature", new TableOptions { Target = ["*"] }, ["1", "a", "x"]);
        Fails("EmptyColumn", new TableOptions { Missing = MissingPolicy.Mean }, ["1", "", "x"], ["2", null, "x"]);
        Fails("NonScalarCell", new TableOptions(), [new[] { 1, 2 }, "a", "x"]);
        Fails("ColumnConflict", new TableOptions { Number = ["size"], Text = ["si*"] }, ["1", "a", "x"]);
        Fails("ColumnConflict", new TableOptions { Target = ["kind"], Exclude = ["kind"] }, ["1", "a", "x"]);
        Assert.Equal("DuplicateColumn", Assert.Throws<ExperimentException>(() => new TableBuilder("t", ["a", "A"], new TableOptions())).ErrorId);
        Fails("TooManyCategories", new TableOptions(), [.. Enumerable.Range(0, 1001).Select(i => new object?[] { "1", $"name{i}", "x" })]);
    }

    [Fact]
    public void ManyDistinctNumbersStayNumbers()
    {
        Dataset data = Build(new TableOptions(), [.. Enumerable.Range(0, 3000).Select(i => new object?[] { $"{i}.5", "a", "x" })]);
        Assert.Equal(ColumnEncoding.Number, data.Schema!.Features[0].Encoding);
        Assert.Equal(2999.5f, Features(data)[2999 * 3]);
    }

    [Fact]
    public void LaterRowsAreEncodedAsTheTrainingRows()
    {
        TableSchema schema = TableSchema.FromJson(Build(new TableOptions { Target = ["kind"], Missing = MissingPolicy.Median, MissingValue = ["?"] },
            ["1", "red", "x"], ["2", "blue", "y"]).Schema!.ToJson());
        Assert.Equal([4f, 0, 1], Encode(schema, 4.0, "red"));
        Assert.Equal([float.NaN, float.NaN, float.NaN], Encode(schema, "?", null));
        Assert.Contains("'blue', 'red'", Assert.Throws<ExperimentException>(() => Encode(schema, 1, "green")).Message);
        Assert.Equal("NonNumericCell", Assert.Throws<ExperimentException>(() => Encode(schema, "big", "red")).ErrorId);
        TableSchema strict = Build(new TableOptions { Target = ["kind"] }, ["1", "red", "x"]).Schema!;
        var missing = Assert.Throws<ExperimentException>(() => Encode(strict, "", "red"));
        Assert.Equal("MissingValue", missing.ErrorId);
        Assert.Contains("Row 5, column 'size'", missing.Message);
    }

    [Fact]
    public void ASchemaKeepsClassesAndCategoriesInTheirPlaces()
    {
        TableSchema schema = Build(new TableOptions { Target = ["kind"], Missing = MissingPolicy.Mean }, ["1", "red", "ant"], ["2", "blue", "bee"], ["3", "green", "cat"]).Schema!;
        Dataset later = Build(new TableOptions { Schema = schema }, ["5", "red", "cat"], ["6", "green", "cat"]);
        Assert.Equal(["ant", "bee", "cat"], later.ClassNames);
        Assert.Equal([2, 2], ((ClassColumn)later.Targets[0]).Codes.ToArray());
        // blue, green, red as in the first table, though blue does not occur.
        Assert.Equal([5f, 0, 0, 1, 6, 0, 1, 0], Features(later));
        Assert.Empty(later.Transforms);
        Assert.Contains("Row 1, column 'kind': 'dog'", Fails("UnknownCategory", new TableOptions { Schema = schema }, ["1", "red", "dog"]).Message);
        Assert.True(float.IsNaN(Features(Build(new TableOptions { Schema = schema }, [null, "red", "ant"], ["1", "red", "ant"]))[0]));
        Fails("SchemaConflict", new TableOptions { Schema = schema, Target = ["kind"] }, ["1", "red", "ant"]);
        var unlabelled = new TableBuilder("p", ["colour", "size"], new TableOptions { Schema = schema });
        unlabelled.Add(["red", "7"], 1);
        Dataset predict = unlabelled.Build();
        Assert.Empty(predict.Targets);
        Assert.Equal([7f, 0, 0, 1], Features(predict));
    }

    [Fact]
    public void RowsComeBackAsTheyWere()
    {
        Dataset data = Build(new TableOptions { Target = ["kind"], Missing = MissingPolicy.Mean }, ["1.5", "red", "cat"], ["", "blue", "ant"]);
        var rows = new DatasetRows(data);
        Assert.Equal(Columns, rows.Names);
        Assert.Equal([[1.5f, "red", "cat"], [null, "blue", "ant"]], rows.Read());
    }

    private static float[] Encode(TableSchema schema, object? size, object? colour) =>
        TableEncoder.Encode(schema, name => name == "size" ? size : name == "colour" ? colour : null, 5);

    private static Dataset Build(TableOptions options, params object?[][] rows)
    {
        var builder = new TableBuilder("t", Columns, options);
        for (int i = 0; i < rows.Length; i++) builder.Add(rows[i], i + 1);
        return builder.Build();
    }

    private static ExperimentException Fails(string errorId, TableOptions options, params object?[][] rows)
    {
        var error = Assert.Throws<ExperimentException>(() => Build(options, rows));
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }

    private static float[] Features(Dataset data)
    {
        float[] values = new float[data.Count * data.InputShape.ElementCount];
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], values);
        return values;
    }
}
