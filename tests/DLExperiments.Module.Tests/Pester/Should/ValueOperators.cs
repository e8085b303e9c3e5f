using System.Collections;
using System.Management.Automation;
using static DLExperiments.Module.Tests.Pester.Should.ShouldOperator;

namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>The operators of Should on values: equality, order, truth, membership, type.</summary>
internal static class ValueOperators
{
    private const string Expected = "ExpectedValue";
    private static readonly ShouldParameter[] OneValue = [new(Expected, typeof(object))];

    public static IEnumerable<ShouldOperator> All { get; } =
    [
        Equality("Be", "EQ", false),
        Equality("BeExactly", "CEQ", true),
        Simple("BeNullOrEmpty", [], true, [], IsNullOrEmpty,
            i => $"Expected $null or empty,{i.Because} but got {ValueText.Of(Single(i.Actual))}.",
            i => $"Expected a value,{i.Because} but got $null or empty."),
        Truth("BeTrue", true),
        Truth("BeFalse", false),
        Order("BeGreaterThan", "GT", "-gt", "greater than", "less than or equal to"),
        Order("BeGreaterOrEqual", "GE", "-ge", "greater than or equal to", "less than"),
        Order("BeLessThan", "LT", "-lt", "less than", "greater than or equal to"),
        Order("BeLessOrEqual", "LE", "-le", "less than or equal to", "greater than"),
        Simple("BeIn", [], false, OneValue, i => Operators.IsTrue("-contains", i.Argument(Expected), i.Actual),
            i => $"Expected collection {ExpectedText(i)} to contain {i.ActualText},{i.Because} but it was not found.",
            i => $"Expected collection {ExpectedText(i)} to not contain {i.ActualText},{i.Because} but it was found."),
        Simple("Contain", [], true, OneValue, i => Operators.IsTrue("-contains", i.Actual, i.Argument(Expected)),
            i => $"Expected {ExpectedText(i)} to be found in collection {i.ActualText},{i.Because} but it was not found.",
            i => $"Expected {ExpectedText(i)} to not be found in collection {i.ActualText},{i.Because} but it was found."),
        Simple("HaveCount", [], true, [new(Expected, typeof(int))], HasCount, CountMessage, NotCountMessage),
        Simple("BeOfType", ["HaveType"], false, [new("ExpectedType", typeof(object))],
            i => TypeOf(i).IsInstanceOfType(Operators.Base(i.Actual)) || (TypeOf(i).IsInstanceOfType(i.Actual) && i.Actual is PSObject { BaseObject: PSCustomObject }),
            i => TypeMessage(i, "to have"), i => TypeMessage(i, "to not have")),
    ];

    private static string ExpectedText(ShouldInput input) => ValueText.Of(input.Argument(Expected));

    private static ShouldOperator Equality(string name, string alias, bool exactly)
    {
        var adverb = exactly ? "exactly " : "";
        return Simple(name, [alias], true, OneValue,
            i => Operators.AreEqual(i.Actual, i.Argument(Expected), exactly),
            i => Single(i.Argument(Expected)) is string expected && Single(i.Actual) is string actual
                ? StringDifference.Message(expected, actual, exactly, i.Because)
                : $"Expected {adverb}{ValueText.Of(Single(i.Argument(Expected)))},{i.Because} but got {ValueText.Of(Single(i.Actual))}.",
            i => $"Expected {ExpectedText(i)} to be different from the actual value,{i.Because} but got {adverb}the same value.");
    }

    private static ShouldOperator Truth(string name, bool truth)
    {
        string Message(ShouldInput i, bool wanted) => $"Expected {(wanted ? "$true" : "$false")},{i.Because} but got {i.ActualText}.";
        return Simple(name, [], false, [], i => LanguagePrimitives.IsTrue(i.Actual) == truth, i => Message(i, truth), i => Message(i, !truth));
    }

    // The negated message is that of the opposite operator, as people read it.
    private static ShouldOperator Order(string name, string alias, string sign, string words, string opposite)
    {
        string Message(ShouldInput i, string relation) =>
            $"Expected the actual value to be {relation} {ExpectedText(i)},{i.Because} but got {i.ActualText}.";
        return Simple(name, [alias], false, OneValue,
            i => Operators.IsTrue(sign, i.Actual, i.Argument(Expected)), i => Message(i, words), i => Message(i, opposite));
    }

    private static object? Single(object? value) => Operators.Base(value) is IList { Count: 1 } list ? Operators.Base(list[0]) : Operators.Base(value);

    private static bool IsNullOrEmpty(ShouldInput input)
    {
        IList items = input.Actual is null ? Array.Empty<object>() : Operators.Items(input.Actual);
        return items.Count == 0 || (items.Count == 1 && (Operators.Base(items[0]) is Hashtable table
            ? table.Count == 0
            : string.IsNullOrEmpty(LanguagePrimitives.ConvertTo<string>(items[0]))));
    }

    private static int Count(ShouldInput input) => input.Actual is null ? 0 : Operators.Items(input.Actual).Count;

    private static bool HasCount(ShouldInput input)
    {
        var expected = input.Argument<int>(Expected);
        return expected < 0
            ? throw new ArgumentException("Expected collection size must be greater than or equal to 0.")
            : Count(input) == expected;
    }

    private static string CountMessage(ShouldInput input)
    {
        var expected = input.Argument<int>(Expected);
        var wanted = expected == 0 ? "Expected an empty collection" : $"Expected a collection with size {expected}";
        var got = Count(input) == 0 ? "an empty collection." : $"collection with size {Count(input)} {input.ActualText}.";
        return $"{wanted},{input.Because} but got {got}";
    }

    private static string NotCountMessage(ShouldInput input)
    {
        var expected = input.Argument<int>(Expected);
        var wanted = expected == 0 ? "Expected a non-empty collection" : $"Expected a collection with size different from {expected}";
        var got = Count(input) == 0 ? "an empty collection." : $"collection with that size {input.ActualText}.";
        return $"{wanted},{input.Because} but got {got}";
    }

    private static Type TypeOf(ShouldInput input)
    {
        var expected = Operators.Base(input.Argument("ExpectedType"));
        if (expected is Type type) return type;
        var name = expected?.ToString() ?? "";
        if (name.StartsWith('[') && name.EndsWith(']')) name = name[1..^1];
        return LanguagePrimitives.TryConvertTo<Type>(name, out var found)
            ? found
            : throw new ArgumentException($"Could not find type [{name}]. Make sure that the assembly that contains that type is loaded.");
    }

    private static string TypeMessage(ShouldInput input, string words)
    {
        var actual = Operators.Base(input.Actual);
        var type = actual is PSObject ? typeof(PSCustomObject) : actual?.GetType();
        return $"Expected the value {words} type {ValueText.Of(TypeOf(input))} or any of its subtypes,{input.Because} but got {input.ActualText} with type {ValueText.Of(type)}.";
    }
}
