using System.Collections;
using System.Collections.Specialized;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Tests.Sweeps;

public class SweepSpaceTests
{
    private static SweepSpace Space(params (string Name, object? Value)[] entries)
    {
        var table = new OrderedDictionary();
        foreach ((string name, object? value) in entries) table[name] = value;
        return SweepSpace.From(table);
    }

    [Fact]
    public void Ranges_map_the_unit_interval_to_their_values()
    {
        SweepSpace space = Space(("a", "log 1e-4..1e-1"), ("b", "0..0.5"), ("c", "int 16..256 step 16"), ("d", "int 1..8"), ("e", "0.1..0.9 step 0.2"), ("f", "log int 1..1000"));
        Assert.Equal([1e-4, 0.0, 16L, 1L, 0.1, 1L], space.At([0, 0, 0, 0, 0, 0]).Values.Cast<object>());
        Assert.Equal([1e-1, 0.5, 256L, 8L, 0.9, 1000L], space.At([1, 1, 1, 1, 1, 1]).Values.Cast<object>());
        // The middle of a logarithmic range is the geometric mean: sqrt(1e-4 * 1e-1).
        Assert.Equal(Math.Sqrt(1e-5), (double)space.At([.5, 0, 0, 0, 0, 0])["a"]!, 1e-15);
        Assert.Equal(0.5, space.At([0, 0, 0, 0, .5, 0])["e"]);
        Assert.Equal(16, space.Entries[2].Values.Levels);
        Assert.Equal(5, space.Entries[4].Values.Levels);
    }

    [Fact]
    public void Whole_numbers_have_equal_shares()
    {
        SweepSpace space = Space(("n", "int 1..8"));
        var counts = Enumerable.Range(0, 8000).GroupBy(i => space.At([(i + .5) / 8000])["n"]).ToDictionary(g => (long)g.Key!, g => g.Count());
        Assert.Equal(8, counts.Count);
        Assert.All(counts.Values, c => Assert.Equal(1000, c));
    }

    [Fact]
    public void Values_find_their_place_again()
    {
        SweepSpace space = Space(("a", "log 1e-4..1e-1"), ("b", "int 16..256 step 16"), ("c", new object[] { "Adam", "SGD" }), ("d", "log int 2..64"), ("e", "bool"));
        double[] point = space.PlaceOf(new Hashtable { ["A"] = 3e-3, ["b"] = 48, ["c"] = "sgd", ["d"] = 17, ["e"] = true });
        Setting setting = space.At(point);
        Assert.Equal(3e-3, (double)setting["a"]!, 1e-15);
        Assert.Equal([48L, "SGD", 17L, true], setting.Values.Cast<object>().Skip(1));
    }

    [Fact]
    public void Conditional_parts_count_only_with_their_choice()
    {
        SweepSpace space = Space(("Momentum", "0..0.9 when Optimizer = SGD, RMSprop"), ("Optimizer", new object[] { "Adam", "SGD", "RMSprop" }));
        // The entry that others depend on has the first dimension, however the table is ordered.
        Assert.Equal(["Optimizer", "Momentum"], space.Entries.Select(e => e.Name));
        Assert.False(space.At([0, .5]).Contains("Momentum"));
        Assert.Equal(.45, space.At([.5, .5])["Momentum"]);
        Assert.True(space.At([.9, .5]).Contains("Momentum"));
    }

    [Fact]
    public void Choices_may_have_settings_of_their_own()
    {
        SweepSpace space = Space(("Optimizer", new object[] { "Adam", new OrderedDictionary { ["Name"] = "SGD", ["Momentum"] = "0..0.8", ["Nesterov"] = true } }));
        Assert.Equal("Adam", space.At([.1, .5])["Optimizer"]);
        Setting sgd = space.At([.9, .5]);
        var table = (IDictionary)sgd["Optimizer"]!;
        Assert.Equal(["SGD", .4, true], table.Values.Cast<object>());
        Assert.Equal(["Optimizer", "Optimizer.Momentum"], sgd.Columns.Keys);
        Assert.Equal(.4, sgd.Columns["Optimizer.Momentum"]);
        Assert.Equal([.75, .5], space.PlaceOf(new Hashtable { ["Optimizer"] = table }));
    }

    [Fact]
    public void Order_of_a_hashtable_does_not_matter()
    {
        var table = new Hashtable { ["z"] = "0..1", ["a"] = "0..1", ["M"] = new[] { 1, 2 } };
        Assert.Equal(["a", "M", "z"], SweepSpace.From(table).Entries.Select(e => e.Name));
    }

    [Theory]
    [InlineData("log 0..1", "above 0")]
    [InlineData("5..1", "below the upper bound")]
    [InlineData("log 1e-4", "write a range as")]
    [InlineData("int 1..2.5", "whole numbers")]
    [InlineData("0..1 step 0", "step must be above 0")]
    [InlineData("log 1..10 step 2", "no step")]
    [InlineData("0..x", "'x' is not a number")]
    [InlineData("1,,2", "missing")]
    [InlineData("1, 1", "twice")]
    [InlineData("0..1 when Optimizr = SGD", "Optimizer")]
    [InlineData("0..1 when Optimizer = Foo", "never 'Foo'")]
    [InlineData("0..1 when Units = 3", "range")]
    [InlineData("0..1 when Optimizer", "condition")]
    [InlineData("[1, 5]", "write a range as")]
    [InlineData("uniform(0, 1)", "write a range as")]
    [InlineData("1 to 5", "write a range as")]
    [InlineData("10%..50%", "write a range as")]
    public void A_wrong_entry_is_named(string text, string says)
    {
        ExperimentException error = Assert.Throws<ExperimentException>(() => Space(("Optimizer", new object[] { "Adam", "SGD" }), ("Units", "int 1..9"), ("Rate", text)));
        Assert.Equal("InvalidSpace", error.ErrorId);
        Assert.Contains("Rate", error.Message);
        Assert.Contains(says, error.Message);
    }

    [Fact]
    public void Wrong_points_and_empty_spaces_are_refused()
    {
        Assert.Equal("InvalidSpace", Assert.Throws<ExperimentException>(() => Space(("a", 3))).ErrorId);
        Assert.Equal("InvalidSpace", Assert.Throws<ExperimentException>(() => Space()).ErrorId);
        SweepSpace space = Space(("Rate", "log 1e-3..1"));
        Assert.Contains("Rate is 5", Assert.Throws<ExperimentException>(() => space.PlaceOf(new Hashtable { ["Rate"] = 5 })).Message);
        Assert.Contains("no value for Rate", Assert.Throws<ExperimentException>(() => space.PlaceOf(new Hashtable { ["Rat"] = .5 })).Message);
    }

    [Fact]
    public void Listed_numbers_are_of_one_kind()
    {
        Assert.Equal([.1, 1.0, 10.0], Enumerable.Range(0, 3).Select(i => Space(("x", ".1, 1, 10")).At([(i + .5) / 3])["x"]!));
        Assert.Equal(16L, Space(("x", new[] { 8, 16 })).At([1])["x"]);
    }

    [Fact]
    public void Texts_with_dots_stay_texts()
    {
        Setting setting = Space(("path", "../data/x.csv"), ("n", "1, 2")).At([0]);
        Assert.Equal("../data/x.csv", setting["path"]);
        Assert.Equal(1L, setting["n"]);
    }

    [Fact]
    public void A_setting_that_was_given_comes_back_to_the_last_bit_also_from_the_plans_file()
    {
        SweepSpace space = SweepSpace.From(new Hashtable { ["Rate"] = "log 1e-4..1e-1", ["Drop"] = "0..0.7", ["Optimizer"] = new object[] { "Adam", new Hashtable { ["Name"] = "SGD", ["Momentum"] = "0.1..0.95" } } });
        Hashtable[] given = [.. Enumerable.Range(1, 99).Select(i => new Hashtable { ["Rate"] = i / 1000.0, ["Drop"] = i / 150.0, ["Optimizer.Momentum"] = .1 + i / 200.0, ["Optimizer"] = "SGD" })];
        SweepSpace kept = space.Keeping(given), read = SweepSpace.FromJson(kept.Source, (System.Text.Json.Nodes.JsonArray?)System.Text.Json.Nodes.JsonNode.Parse(kept.ExactJson!.ToJsonString()));
        Assert.Contains(given, g => (double)space.At(space.PlaceOf(g))["Rate"]! != (double)g["Rate"]!);
        foreach (SweepSpace one in new[] { kept, read })
            foreach (Hashtable g in given)
            {
                Setting setting = one.At(space.PlaceOf(g));
                Assert.Equal((g["Rate"], g["Drop"], g["Optimizer.Momentum"]), (setting["Rate"], setting["Drop"], setting.Columns["Optimizer.Momentum"]));
            }
    }
}
