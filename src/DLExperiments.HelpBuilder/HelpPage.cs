namespace DLExperiments.HelpBuilder;

/// <summary>
/// The examples and related topics of a cmdlet, read from its page Verb-Noun.md: a section <c>## Title</c> with one fenced block of
/// PowerShell and some text is an example; the section <c>## Related</c> is a list of names.
/// </summary>
/// <param name="Examples">The examples in order.</param>
/// <param name="Related">Names of related cmdlets and topics.</param>
public sealed record HelpPage(IReadOnlyList<HelpExample> Examples, IReadOnlyList<string> Related)
{
    /// <summary>The page of a cmdlet that has none yet.</summary>
    public static HelpPage Empty { get; } = new([], []);

    /// <summary>Reads a page.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">The page is not in the form above; the message names file, line and what is wrong.</exception>
    public static HelpPage Read(string file)
    {
        var examples = new List<HelpExample>();
        var related = new List<string>();
        string[] lines = File.ReadAllLines(file);
        InvalidDataException Wrong(int line, string what) => new($"{file}({line + 1}): {what}");

        if (lines.Length == 0 || lines[0] != "# " + Path.GetFileNameWithoutExtension(file)) throw Wrong(0, $"the first line must be the title '# {Path.GetFileNameWithoutExtension(file)}'");
        for (int i = 1; i < lines.Length;)
        {
            if (lines[i].Trim().Length == 0)
            {
                i++;
                continue;
            }
            if (!lines[i].StartsWith("## ", StringComparison.Ordinal)) throw Wrong(i, "text outside a section: describe the cmdlet in the summary and remarks of its class");
            int head = i;
            string title = lines[i++][3..].Trim();
            var code = new List<string>();
            var text = new List<string>();
            while (i < lines.Length && !lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                {
                    text.Add(lines[i++].Trim());
                    continue;
                }
                if (code.Count > 0) throw Wrong(i, "an example has one block of code");
                for (i++; i < lines.Length && lines[i] != "```"; i++) code.Add(lines[i]);
                if (i++ == lines.Length) throw Wrong(head, "the block of code has no end");
            }
            if (title == "Related") related.AddRange(text.Where(t => t.Length > 0).Select(t => t.TrimStart('-', ' ')));
            else if (code.Count == 0) throw Wrong(head, $"'{title}' has no block of code");
            else examples.Add(new HelpExample(title, string.Join('\n', code), Paragraphs(text)));
        }
        return new HelpPage(examples, related);
    }

    /// <summary>Lines between empty lines belong together; marks of code are for the page, not for the console.</summary>
    private static List<string> Paragraphs(IEnumerable<string> lines) =>
        [.. string.Join('\n', lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Replace('\n', ' ').Replace("`", ""))];
}
