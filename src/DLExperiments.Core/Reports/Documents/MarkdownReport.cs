using System.Globalization;
using System.Text;

namespace DLExperiments.Reports.Documents;

/// <summary>Writes a report as Markdown, its pictures as files in a folder beside it, which Markdown can only link to.</summary>
internal sealed class MarkdownReport
{
    private readonly StringBuilder text = new();
    private readonly List<(string Name, string Svg)> pictures = [];
    private readonly string folder;

    private MarkdownReport(string folder) => this.folder = folder;

    /// <summary>Writes.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="sections">The sections.</param>
    /// <param name="folder">The name of the folder for pictures.</param>
    /// <returns>The text, and the pictures with their file names.</returns>
    internal static (string Text, IReadOnlyList<(string Name, string Svg)> Pictures) Write(ReportSettings settings, IReadOnlyList<ReportSection> sections, string folder)
    {
        var report = new MarkdownReport(folder);
        report.text.Append($"# {Escape(settings.Title)}\n\n{Escape(HtmlReport.ByLine(settings))}\n");
        foreach (ReportSection section in sections)
        {
            report.text.Append($"\n## {Escape(section.Title)}\n");
            foreach (ReportBlock block in section.Blocks) report.Write(block);
        }
        return (report.text.ToString(), report.pictures);
    }

    private void Write(ReportBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                text.Append($"\n{Escape(paragraph.Text)}\n");
                break;
            case FactsBlock facts:
                text.Append('\n');
                foreach ((string name, string value) in facts.Facts) text.Append($"- **{Escape(name)}**: {Escape(value)}\n");
                break;
            case FigureBlock figure:
                Write(figure);
                break;
            case TableBlock table:
                Write(table);
                break;
            case CodeBlock code:
                // A fence longer than any in the text itself.
                string fence = new('`', Math.Max(3, code.Text.Split('\n').Select(l => l.TrimStart().TakeWhile(c => c == '`').Count() + 1).Max()));
                text.Append(code.FoldedUnder is { } title ? $"\n{Escape(title)}:\n" : "").Append($"\n{fence}powershell\n{code.Text.TrimEnd()}\n{fence}\n");
                break;
            case RowBlock row:
                Write(row.Left);
                Write(row.Right);
                break;
        }
    }

    private void Write(FigureBlock figure)
    {
        bool svg = figure.Light.StartsWith("<svg", StringComparison.Ordinal);
        string link = svg ? $"{folder}/figure-{pictures.Count + 1}.svg" : figure.Light[(figure.Light.IndexOf("src=\"", StringComparison.Ordinal) + 5)..].TrimEnd('>', '"');
        if (svg) pictures.Add(($"figure-{pictures.Count + 1}.svg", figure.Light));
        text.Append($"\n![{Escape(figure.Caption)}]({Uri.EscapeDataString(link).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal).Replace("%3B", ";", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal)})\n\n*{Escape(figure.Caption)}*\n");
    }

    private void Write(TableBlock table)
    {
        text.Append($"\n**{Escape(table.Caption)}**\n\n");
        Row(table.Columns);
        Row(table.Columns.Select((_, c) => table.Rows.Any(r => r[c].Number is not null) ? "---:" : "---"));
        foreach (IReadOnlyList<ReportCell> row in table.Rows) Row(row.Select(c => Escape(c.Text)));
        if (table.Omitted > 0) text.Append(CultureInfo.InvariantCulture, $"\nand {table.Omitted} more\n");
    }

    private void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" "))).Append(" |\n");

    private static string Escape(string text) => string.Concat(text.Select(c => c is '\\' or '*' or '_' or '`' or '<' or '[' or ']' or '#' ? $"\\{c}" : c.ToString()));
}
