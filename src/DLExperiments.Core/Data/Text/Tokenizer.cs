using System.Text;

namespace DLExperiments.Data.Text;

/// <summary>Takes a text apart into symbols.</summary>
public static class Tokenizer
{
    private const string Marks = ".,:;?!()[]{}\"";

    /// <summary>The symbols of a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="level">Characters, or words: runs without white space, with the marks <c>. , : ; ? ! ( ) [ ] { } "</c> on their own.</param>
    /// <param name="lowercase">Whether capitals become small letters first.</param>
    /// <param name="keepNewlines">Whether a line end is a word of its own (characters always keep it).</param>
    public static IEnumerable<string> Split(string text, TextLevel level, bool lowercase = false, bool keepNewlines = false)
    {
        if (lowercase) text = text.ToLowerInvariant();
        return level == TextLevel.Character ? text.EnumerateRunes().Select(r => r.ToString()) : Words(text, keepNewlines);
    }

    private static IEnumerable<string> Words(string text, bool keepNewlines)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool end = i == text.Length, mark = !end && Marks.Contains(text[i]);
            if (!end && !mark && !char.IsWhiteSpace(text[i]))
            {
                if (start < 0) start = i;
                continue;
            }
            if (start >= 0) yield return text[start..i];
            start = -1;
            if (mark) yield return text[i].ToString();
            else if (!end && keepNewlines && text[i] == '\n') yield return "\n";
        }
    }
}
