using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public class FoldTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void EveryRowIsValidatedOnce(bool stratify, bool sequential)
    {
        Dataset data = Data(23);
        IReadOnlyList<Dataset> folds = new Folds { Count = 5, Stratify = stratify, Sequential = sequential, Seed = 3 }.Split(data);
        Assert.Equal(Enumerable.Range(0, 23), folds.SelectMany(f => f.Validation!.Rows).Order());
        foreach (Dataset fold in folds)
        {
            Assert.Equal(Enumerable.Range(0, 23), fold.Train!.Rows.Concat(fold.Validation!.Rows).Order());
            Assert.InRange(fold.Validation.Count, 4, 5);
            Assert.Same(fold.Validation, fold.Test);
            // Of 8, 8 and 7 rows of a class one fifth is 1.6 or 1.4.
            if (stratify) Assert.All(fold.Validation.ClassCounts!, c => Assert.InRange(c.Count, 1, 2));
        }
        if (sequential) Assert.Equal([0, 1, 2, 3], folds[0].Validation!.Rows);
        else Assert.NotEqual([0, 1, 2, 3], folds[0].Validation!.Rows.Order());
        Assert.Equal(folds[1].Fingerprint, new Folds { Count = 5, Stratify = stratify, Sequential = sequential, Seed = 3 }.Split(data)[1].Fingerprint);
    }

    [Fact]
    public void GroupsStayTogether()
    {
        Dataset data = Data(24);
        string[] groups = [.. Enumerable.Range(0, 24).Select(i => $"p{i % 8}")];
        IReadOnlyList<Dataset> folds = new Folds { Count = 4, Groups = groups, Seed = 1 }.Split(data);
        Assert.All(folds, f => Assert.Equal(6, f.Validation!.Count));
        Assert.All(folds, f => Assert.Empty(f.Validation!.Rows.Select(r => groups[r]).Intersect(f.Train!.Rows.Select(r => groups[r]))));
        Dataset halves = new HoldOut { Ratio = [.75, .25], Groups = groups }.Split(data);
        Assert.Equal((18, 6), (halves.Train!.Count, halves.Test!.Count));
        Assert.Empty(halves.Test.Rows.Select(r => groups[r]).Intersect(halves.Train.Rows.Select(r => groups[r])));
        Assert.Equal("GroupMismatch", Error(() => new Folds { Count = 4, Groups = ["a"] }.Split(data)));
        Assert.Equal("GroupMismatch", Error(() => new Folds { Count = 4, Groups = groups, Stratify = true }.Split(data)));
        Assert.Equal("TooFewGroups", Error(() => new Folds { Count = 9, Groups = groups }.Split(data)));
    }

    [Fact]
    public void ABootstrapLeavesOutOneInE()
    {
        Dataset data = Data(2000);
        IReadOnlyList<Dataset> sets = new Bootstrap { Count = 3, Seed = 4 }.Split(data);
        Assert.Equal(3, sets.Select(s => s.Train!.Fingerprint).Distinct().Count());
        foreach (Dataset set in sets)
        {
            Assert.Equal(2000, set.Train!.Count);
            Assert.Empty(set.Train.Rows.Intersect(set.Test!.Rows));
            Assert.Equal(2000, set.Train.Rows.Distinct().Count() + set.Test.Count);
            // A share of 1/e of 2,000 rows deviates by sqrt(n (1/e) (1 - 2/e)) = 14: four of them.
            Assert.InRange(set.Test.Count, 736 - 56, 736 + 56);
        }
    }

    [Fact]
    public void ImpossibleFoldsAreRefused()
    {
        Assert.Equal("InvalidFold", Error(() => new Folds { Count = 1 }.Split(Data(5))));
        Assert.Equal("InvalidFold", Error(() => new Folds { Count = 6 }.Split(Data(5))));
        Assert.Equal("CannotStratify", Error(() => new Folds { Count = 2, Stratify = true, Sequential = true }.Split(Data(5))));
        Assert.Equal("CannotStratify", Error(() => new Folds { Count = 2, Stratify = true }.Split(Dataset.Create("n", [new FloatColumn("x", new Shape(), new float[4])], []))));
        Assert.Equal("InvalidBootstrap", Error(() => new Bootstrap { Count = 0 }.Split(Data(5))));
        var warnings = new List<string>();
        new Folds { Count = 3, Stratify = true }.Split(Data(5), warnings.Add);
        Assert.Contains(warnings, w => w.Contains("'c'"));
    }

    private static string Error(Action act) => Assert.Throws<ExperimentException>(act).ErrorId;

    private static Dataset Data(int rows) => Dataset.Create("d",
        [new FloatColumn("x", new Shape(), [.. Enumerable.Range(0, rows).Select(i => (float)i)])],
        [new ClassColumn("y", [.. Enumerable.Range(0, rows).Select(i => i % 3)], ["a", "b", "c"])]);
}
