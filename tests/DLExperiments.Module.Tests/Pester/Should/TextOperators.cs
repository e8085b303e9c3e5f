using System.Management.Automation;
using System.Text.RegularExpressions;
using static DLExperiments.Module.Tests.Pester.Should.ShouldOperator;

namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>The operators of Should on text and files.</summary>
internal static class TextOperators
{
    private const string Expected = "ExpectedValue";
    private const string Pattern = "RegularExpression";
    private const string Content = "ExpectedContent";

    public static IEnumerable<ShouldOperator> All { get; } =
    [
        Like("BeLike", "-like", "like wildcard"),
        Like("BeLikeExactly", "-clike", "case sensitively like wildcard"),
        Match("Match", [], "-match", ""),
        Match("MatchExactly", ["CMATCH"], "-cmatch", " case sensitively"),
        Simple("Exist", [], false, [], i => Exists(i),
            i => $"Expected path {i.ActualText} to exist,{i.Because} but it did not exist.",
            i => $"Expected path {i.ActualText} to not exist,{i.Because} but it did exist."),
        FileContent("FileContentMatch", "", RegexOptions.IgnoreCase, false),
        FileContent("FileContentMatchExactly", " case sensitively", RegexOptions.None, false),
        FileContent("FileContentMatchMultiline", "", RegexOptions.IgnoreCase | RegexOptions.Multiline, true),
        FileContent("FileContentMatchMultilineExactly", " case sensitively", RegexOptions.Multiline, true),
    ];

    private static ShouldOperator Like(string name, string sign, string words)
    {
        string Message(ShouldInput i, string not, string did) =>
            $"Expected {words} {ValueText.Of(i.Argument(Expected))} to {not}match {i.ActualText},{i.Because} but it {did} match.";
        return Simple(name, [], false, [new(Expected, typeof(object))],
            i => Operators.IsTrue(sign, i.Actual, i.Argument(Expected)), i => Message(i, "", "did not"), i => Message(i, "not ", "did"));
    }

    private static ShouldOperator Match(string name, string[] aliases, string sign, string adverb)
    {
        string Message(ShouldInput i, string not, string did) =>
            $"Expected regular expression {ValueText.Of(i.Argument(Pattern))} to {not}{adverb.TrimStart()}{(adverb == "" ? "" : " ")}match {i.ActualText},{i.Because} but it {did} match.";
        return Simple(name, aliases, false, [new(Pattern, typeof(object))],
            i => Operators.IsTrue(sign, i.Actual, i.Argument(Pattern)), i => Message(i, "", "did not"), i => Message(i, "not ", "did"));
    }

    private static bool Exists(ShouldInput input)
    {
        var path = LanguagePrimitives.ConvertTo<string>(input.Actual);
        return !string.IsNullOrEmpty(path) && input.Cmdlet.InvokeProvider.Item.Exists(path);
    }

    private static ShouldOperator FileContent(string name, string adverb, RegexOptions options, bool whole)
    {
        bool Holds(ShouldInput i)
        {
            var path = i.Cmdlet.GetUnresolvedProviderPathFromPSPath(LanguagePrimitives.ConvertTo<string>(i.Actual));
            var pattern = new Regex(LanguagePrimitives.ConvertTo<string>(i.Argument(Content)), options);
            return whole ? pattern.IsMatch(File.ReadAllText(path)) : File.ReadLines(path).Any(pattern.IsMatch);
        }

        string Message(ShouldInput i, string not, string was) =>
            $"Expected {ValueText.Of(i.Argument(Content))} to {not}be{adverb} found in file '{i.Actual}',{i.Because} but it was {was}found.";
        return Simple(name, [], false, [new(Content, typeof(object))], Holds, i => Message(i, "", "not "), i => Message(i, "not ", ""));
    }
}
