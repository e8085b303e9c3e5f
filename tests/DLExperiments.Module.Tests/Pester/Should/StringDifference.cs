namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>The message for two different strings: lengths, the index of the first difference and a pointer to it.</summary>
internal static class StringDifference
{
    private const int Line = 100;
    private const int Before = 40;

    public static string Message(string expected, string actual, bool exactly, string because)
    {
        var index = FirstDifference(expected, actual, exactly);
        var lengths = expected.Length == actual.Length
            ? $"String lengths are both {expected.Length}."
            : $"Expected length: {expected.Length}\nActual length:   {actual.Length}";
        var start = Math.Max(expected.Length, actual.Length) > Line ? Math.Max(0, index - Before) : 0;
        return $"Expected strings to be the same,{because} but they were different.\n{lengths}\nStrings differ at index {index}.\n" +
            $"Expected: '{Excerpt(expected, start)}'\nBut was:  '{Excerpt(actual, start)}'\n" +
            new string(' ', 11) + new string('-', index - start + (start > 0 ? 3 : 0)) + "^";
    }

    private static int FirstDifference(string expected, string actual, bool exactly)
    {
        var shorter = Math.Min(expected.Length, actual.Length);
        for (var i = 0; i < shorter; i++)
            if (exactly ? expected[i] != actual[i] : char.ToUpperInvariant(expected[i]) != char.ToUpperInvariant(actual[i]))
                return i;
        return shorter;
    }

    private static string Excerpt(string text, int start)
    {
        var from = Math.Min(start, text.Length);
        var cut = text.Length - from > Line;
        var part = cut ? text.Substring(from, Line) : text[from..];
        return (start > 0 ? "..." : "") +
            part.Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t").Replace("\b", "\\b").Replace("\0", "\\0") + (cut ? "..." : "");
    }
}
