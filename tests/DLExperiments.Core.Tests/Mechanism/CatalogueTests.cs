using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Tests.Mechanism;

/// <summary>A catalogue of the tests' own: the mechanism must work for kinds that the engine does not know.</summary>
[Catalogue("sample")]
public abstract class Sample
{
}

/// <summary>A sample with a setting of every sort.</summary>
[CatalogueEntry("Rich", "Wealthy")]
public sealed class RichSample : Sample
{
    /// <summary>How many.</summary>
    [Position(0)]
    [Range(1, 10)]
    public required int Count { get; init; }

    /// <summary>Sizes.</summary>
    [Position(1)]
    [Range(0, 5)]
    public int[] Sizes { get; init; } = [1];

    /// <summary>A rate.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Rate { get; init; } = 0.5;

    /// <summary>A flag.</summary>
    public bool Flag { get; init; } = true;

    /// <summary>A day.</summary>
    public DayOfWeek Day { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>Perhaps a number.</summary>
    public int? Maybe { get; init; }

    /// <summary>Another sample.</summary>
    public Sample? Inner { get; init; }

    /// <summary>Not a setting: it cannot be set.</summary>
    public int Double => Count * 2;
}

/// <summary>A sample without settings.</summary>
[CatalogueEntry("Poor")]
public sealed class PoorSample : Sample
{
}

public class CatalogueTests
{
    private static readonly Catalogue<Sample> Samples = Make();

    private static Catalogue<Sample> Make()
    {
        // The head's own assembly is registered already; a second time changes nothing.
        Catalogue<Sample>.Default.Register(typeof(Sample).Assembly);
        return Catalogue<Sample>.Default;
    }

    private static RichSample Rich(params (string Name, object? Value)[] values)
    {
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase) { ["count"] = 3 };
        foreach ((string name, object? value) in values) table[name] = value;
        return (RichSample)Samples.Create("rich", table);
    }

    private static ExperimentException Refused(params (string Name, object? Value)[] values) => Assert.Throws<ExperimentException>(() => Rich(values));

    [Fact]
    public void EntriesAreFoundByNameAndAliasWithoutRegardToCase()
    {
        Assert.Equal(["Poor", "Rich"], Samples.Entries.Select(e => e.Name));
        Assert.Same(Samples.Find("RICH"), Samples.Find("wealthy"));
        Assert.Same(Samples, CatalogueIndex.Of(typeof(Sample)));
        Assert.Same(Samples, CatalogueIndex.HeadOf(typeof(RichSample)));
        Assert.Null(CatalogueIndex.HeadOf(typeof(string)));
        var error = Assert.Throws<ExperimentException>(() => Samples.Find("Ritch"));
        Assert.Equal(("UnknownSample", ErrorKind.NotFound, "There is no sample named 'Ritch'. Did you mean 'Rich'?"), (error.ErrorId, error.Kind, error.Message));
    }

    [Fact]
    public void ParametersAreReadFromTheClass()
    {
        CatalogueEntry entry = Samples.Find("Rich");
        Assert.Equal(["Count", "Sizes", "Day", "Flag", "Inner", "Maybe", "Rate", "Text"], entry.Parameters.Select(p => p.Name));
        CatalogueParameter count = entry.FindParameter("COUNT"), rate = entry.FindParameter("rate");
        Assert.Equal((true, 0, "int", "[-Count] <int>"), (count.IsMandatory, count.Position!.Value, count.TypeName, count.ToString()));
        Assert.Equal((false, null, 0.5, "[-Rate <double>]"), (rate.IsMandatory, rate.Position, rate.DefaultValue, rate.ToString()));
        Assert.Equal(("[[-Sizes] <int[]>]", "[-Maybe <int>]"), (entry.FindParameter("Sizes").ToString(), entry.FindParameter("Maybe").ToString()));
    }

    [Fact]
    public void ValuesConvertWithoutLoss()
    {
        RichSample made = Rich(("Count", "4"), ("Sizes", 2), ("Rate", "0.25"), ("Flag", "false"), ("Day", "friday"), ("Text", 7), ("Maybe", 5L), ("Inner", "poor"));
        Assert.Equal((4, 0.25, false, DayOfWeek.Friday, "7", 5), (made.Count, made.Rate, made.Flag, made.Day, made.Text, made.Maybe));
        Assert.Equal([2], made.Sizes);
        Assert.IsType<PoorSample>(made.Inner);
        Assert.Equal([1, 2, 3], Rich(("Sizes", new object[] { 1, "2", 3.0 })).Sizes);
        Assert.Equal(6, ((RichSample)Rich(("Inner", new Hashtable { ["Name"] = "Rich", ["Count"] = 6 })).Inner!).Count);
        Assert.Null(Rich(("Maybe", null)).Maybe);
        Assert.Equal(3, Rich(("Count", 3.0)).Count);
    }

    [Theory]
    [InlineData("Count", 2.5, "InvalidParameterType", "whole number")]
    [InlineData("Count", "many", "InvalidParameterType", "'many'")]
    [InlineData("Count", "99999999999", "InvalidParameterType", "whole number")]
    [InlineData("Count", null, "InvalidParameterType", "null")]
    [InlineData("Count", 0, "InvalidParameterValue", "at least 1 and at most 10")]
    [InlineData("Count", 11, "InvalidParameterValue", "at most 10")]
    [InlineData("Sizes", 9, "InvalidParameterValue", "at most 5")]
    [InlineData("Rate", 0.0, "InvalidParameterValue", "greater than 0")]
    [InlineData("Rate", double.NaN, "InvalidParameterValue", "NaN")]
    [InlineData("Flag", 1, "InvalidParameterType", "true or false")]
    [InlineData("Day", "Fryday", "InvalidParameterValue", "'Friday'")]
    [InlineData("Day", 5, "InvalidParameterValue", "Day is 5")]
    [InlineData("Inner", "Nobody", "UnknownSample", "'Nobody'")]
    [InlineData("Inner", 3, "InvalidParameterType", "by name")]
    public void BadValuesAreNamedWithWhatWouldDo(string parameter, object? value, string errorId, string part)
    {
        ExperimentException error = Refused((parameter, value));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        if (!errorId.StartsWith("Unknown", StringComparison.Ordinal) && parameter != "Inner")
            Assert.StartsWith($"Rich: {parameter} is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownAndMissingParametersAreNamed()
    {
        ExperimentException error = Refused(("Rat", 1));
        Assert.Equal("UnknownParameter", error.ErrorId);
        Assert.StartsWith("Rich has no parameter 'Rat'. Did you mean 'Rate'", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ExperimentException>(() => Samples.Create("Rich"));
        Assert.Equal(("MissingParameter", "Rich needs Count."), (error.ErrorId, error.Message));
        Assert.Contains("none at all", Assert.Throws<ExperimentException>(() => Samples.Create("Poor", new Hashtable { ["x"] = 1 })).Message, StringComparison.Ordinal);
        Assert.Equal("MissingName", Assert.Throws<ExperimentException>(() => Samples.From(new Hashtable { ["Count"] = 1 })).ErrorId);
    }

    [Fact]
    public void JsonHoldsWhatDiffersFromTheDefaultsAndGivesTheSameBack()
    {
        Assert.Equal("""{"type":"Rich","count":3}""", Samples.ToJson(Rich()).ToJsonString());
        RichSample made = Rich(("Sizes", new[] { 4, 5 }), ("Rate", 0.1), ("Flag", false), ("Day", "Monday"), ("Text", "a"), ("Maybe", 1), ("Inner", new Hashtable { ["Name"] = "Rich", ["Count"] = 2 }));
        JsonObject json = Samples.ToJson(made);
        Assert.Equal("""{"type":"Rich","count":3,"sizes":[4,5],"day":"Monday","flag":false,"inner":{"type":"Rich","count":2},"maybe":1,"rate":0.1,"text":"a"}""", json.ToJsonString());
        Assert.Equal(json.ToJsonString(), Samples.ToJson(Samples.FromJson(JsonNode.Parse(json.ToJsonString())!)).ToJsonString());
        Assert.Equal("InvalidJson", Assert.Throws<ExperimentException>(() => Samples.FromJson(JsonNode.Parse("[1]")!)).ErrorId);
        Assert.Equal("InvalidJson", Assert.Throws<ExperimentException>(() => Samples.FromJson(JsonNode.Parse("{\"count\":1}")!)).ErrorId);
    }
}
