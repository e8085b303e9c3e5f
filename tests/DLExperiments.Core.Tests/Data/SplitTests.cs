using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class SplitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PiecesAreDisjointAndComplete(bool stratify)
    {
        Dataset split = new HoldOut { Ratio = [.6, .25, .15], Stratify = stratify, Seed = 4 }.Split(Make(1000, 7));
        Assert.Equal([600, 250, 150], new[] { split.Train!.Count, split.Validation!.Count, split.Test!.Count });
        Assert.Equal(Enumerable.Range(0, 1000), Ids(split.Train).Concat(Ids(split.Validation)).Concat(Ids(split.Test)).Order());
    }

    [Fact]
    public void OfTwoPiecesTheSecondServesForBoth()
    {
        Dataset split = new HoldOut { Ratio = [.8, .2] }.Split(Make(10, 2));
        Assert.Same(split.Validation, split.Test);
        Assert.Equal((8, 2), (split.Train!.Count, split.Test!.Count));
        Assert.Equal((7, 3), Sizes(new HoldOut { Ratio = [.7] }.Split(Make(10, 2))));
        Assert.Equal((4, 6), Sizes(new HoldOut { Count = [4] }.Split(Make(10, 2))));
        // 0.1 + 0.2 is not 0.3 in binary; the sum must still count as 1.
        Assert.Equal(100, new HoldOut { Ratio = [.7, .2, .1] }.Split(Make(100, 2)) is { } d ? d.Train!.Count + d.Validation!.Count + d.Test!.Count : 0);
    }

    [Fact]
    public void WhatNoPieceTakesIsLeftOut() => Assert.Equal((30, 20), Sizes(new HoldOut { Count = [30, 20], Stratify = true }.Split(Make(100, 3))));

    [Theory]
    [InlineData(150, 3, .8, .2, 0)]
    [InlineData(997, 10, .5, .3, .2)]
    [InlineData(101, 7, .15, .15, .3)]
    public void StratifiedSharesAreWithinOneRow(int rows, int classes, double a, double b, double c)
    {
        double[] ratio = c > 0 ? [a, b, c] : [a, b];
        // Classes of very different sizes: row r belongs to the class of the square root of r.
        Dataset data = Make(rows, classes, r => (int)Math.Sqrt(r) % classes);
        Dataset split = new HoldOut { Ratio = ratio, Stratify = true, Seed = 3 }.Split(data);
        Dataset[] pieces = c > 0 ? [split.Train!, split.Validation!, split.Test!] : [split.Train!, split.Test!];
        foreach (Dataset piece in pieces)
            for (int k = 0; k < classes; k++)
                Assert.True(Math.Abs(piece.ClassCounts![k].Count - data.ClassCounts![k].Count * (double)piece.Count / rows) <= 1);
    }

    [Fact]
    public void SequentialKeepsTheOrder()
    {
        Dataset split = new HoldOut { Count = [5, 3], Sequential = true }.Split(Make(10, 2));
        Assert.Equal([0, 1, 2, 3, 4], Ids(split.Train!));
        Assert.Equal([5, 6, 7], Ids(split.Test!));
    }

    [Fact]
    public void TheSeedDecidesTheRows()
    {
        int[] first = Ids(new HoldOut { Ratio = [.5, .5], Seed = 1 }.Split(Make(200, 2)).Train!);
        Assert.Equal(first, Ids(new HoldOut { Ratio = [.5, .5], Seed = 1 }.Split(Make(200, 2)).Train!));
        Assert.NotEqual(first, Ids(new HoldOut { Ratio = [.5, .5], Seed = 2 }.Split(Make(200, 2)).Train!));
        Assert.NotEqual(first.Order(), first);
    }

    [Fact]
    public void APieceCanBeSplitAgain()
    {
        Dataset outer = new HoldOut { Ratio = [.5, .5] }.Split(Make(100, 2));
        Dataset inner = new HoldOut { Ratio = [.8, .2] }.Split(outer.Train!);
        Assert.Equal(Ids(outer.Train!).Order(), Ids(inner.Train!).Concat(Ids(inner.Test!)).Order());
    }

    [Fact]
    public void AClassWithTooFewRowsIsNamed()
    {
        Dataset data = Make(100, 3, r => r == 0 ? 2 : r % 2);
        var e = Assert.Throws<ExperimentException>(() => new HoldOut { Ratio = [.8, .2], Stratify = true }.Split(data));
        Assert.Equal("ClassTooSmall", e.ErrorId);
        Assert.Contains("'c2' has 1 row", e.Message);
        var warnings = new List<string>();
        new HoldOut { Ratio = [.9, .1], Stratify = true }.Split(Make(100, 3, r => r < 2 ? 2 : r % 2), warnings.Add);
        Assert.Contains("'c2'", Assert.Single(warnings));
    }

    [Fact]
    public void BadSplitsAreNamed()
    {
        Dataset data = Make(10, 2), curve = Dataset.Create("x", [new FloatColumn("x", new Shape(), [1, 2])], []);
        Fails("InvalidRatio", data, new HoldOut { Ratio = [.8, .3] });
        Fails("InvalidRatio", data, new HoldOut { Ratio = [.8, -.2] });
        Fails("InvalidRatio", data, new HoldOut { Ratio = [double.NaN, .2] });
        Fails("InvalidRatio", data, new HoldOut { Ratio = [.1, .1, .1, .1] });
        Fails("InvalidRatio", data, new HoldOut { Ratio = [1] });
        Fails("InvalidRatio", data, new HoldOut());
        Fails("InvalidCount", data, new HoldOut { Count = [8, 3] });
        Fails("InvalidCount", data, new HoldOut { Count = [0, 3] });
        Fails("TooFewRows", data, new HoldOut { Ratio = [.99, .01] });
        Fails("CannotStratify", curve, new HoldOut { Ratio = [.5, .5], Stratify = true });
        Fails("CannotStratify", data, new HoldOut { Ratio = [.5, .5], Stratify = true, Sequential = true });
    }

    private static void Fails(string errorId, Dataset data, HoldOut split) =>
        Assert.Equal(errorId, Assert.Throws<ExperimentException>(() => split.Split(data)).ErrorId);

    private static (int, int) Sizes(Dataset split) => (split.Train!.Count, split.Test!.Count);

    private static Dataset Make(int rows, int classes, Func<int, int>? classOf = null) => Dataset.Create("rows",
        [new FloatColumn("id", new Shape(), [.. Enumerable.Range(0, rows).Select(r => (float)r)])],
        [new ClassColumn("class", [.. Enumerable.Range(0, rows).Select(classOf ?? (r => r % classes))], [.. Enumerable.Range(0, classes).Select(c => $"c{c}")])]);

    private static int[] Ids(Dataset data)
    {
        float[] ids = new float[data.Count];
        data.ReadFeature(0, [.. Enumerable.Range(0, data.Count)], ids);
        return [.. ids.Select(i => (int)i)];
    }
}
