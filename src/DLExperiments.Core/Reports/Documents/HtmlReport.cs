using System.Globalization;
using System.Net;
using System.Text;

namespace DLExperiments.Reports.Documents;

/// <summary>Writes a report as one HTML file with everything in it.</summary>
internal sealed class HtmlReport
{
    private const int LongFact = 44, LongCell = 48;

    private readonly StringBuilder html = new();
    private int pictures;

    internal static string Write(ReportSettings settings, IReadOnlyList<ReportSection> sections) => new HtmlReport().WritePage(settings, sections);

    private string WritePage(ReportSettings settings, IReadOnlyList<ReportSection> sections)
    {
        string title = Encode(settings.Title), by = Encode(ByLine(settings));
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"DLExperiments\">\n");
        html.Append($"<title>{title}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body class=\"{settings.Layout.ToString().ToLowerInvariant()}\">\n<header>\n<h1>{title}</h1>\n<p class=\"byline\">{by}</p>\n</header>\n<main>\n");
        foreach (ReportSection section in sections)
        {
            html.Append($"<section>\n<h2>{Encode(section.Title)}</h2>\n");
            foreach (ReportBlock block in section.Blocks) Write(block);
            html.Append("</section>\n");
        }
        return html.Append($"</main>\n<script>\n{ReportStyle.Script}\n</script>\n</body>\n</html>\n").ToString();
    }

    internal static string ByLine(ReportSettings settings) =>
        string.Join(", ", new[] { settings.Author, settings.Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) }.OfType<string>());

    private void Write(ReportBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                html.Append($"<p>{Encode(paragraph.Text)}</p>\n");
                break;
            case FactsBlock facts:
                html.Append("<dl>\n");
                foreach ((string name, string value) in facts.Facts)
                    html.Append($"<div{(value.Length > LongFact ? " class=\"long\"" : "")}><dt>{Encode(name)}</dt><dd>{Encode(value)}</dd></div>\n");
                html.Append("</dl>\n");
                break;
            case FigureBlock figure:
                Write(figure);
                break;
            case TableBlock table:
                Write(table);
                break;
            case CodeBlock { FoldedUnder: { } title } code:
                html.Append($"<details>\n<summary>{Encode(title)}</summary>\n<pre>{Encode(code.Text)}</pre>\n</details>\n");
                break;
            case CodeBlock code:
                html.Append($"<pre>{Encode(code.Text)}</pre>\n");
                break;
            case RowBlock row:
                html.Append("<div class=\"row\">\n");
                Write(row.Left);
                Write(row.Right);
                html.Append("</div>\n");
                break;
        }
    }

    private void Write(FigureBlock figure)
    {
        html.Append($"<figure>\n<figcaption>{Encode(figure.Caption)}</figcaption>\n<div class=\"scroll\">\n");
        if (figure.Light == figure.Dark) html.Append(Own(figure.Light)).Append('\n');
        else html.Append($"<div class=\"light-only\">{Own(figure.Light)}</div>\n<div class=\"dark-only\">{Own(figure.Dark)}</div>\n");
        html.Append("</div>\n</figure>\n");
    }

    /// <summary>Ids are the page's, so each picture's get a name of its own.</summary>
    private string Own(string svg)
    {
        string prefix = $"p{++pictures}-";
        return svg.Replace(" id=\"", $" id=\"{prefix}", StringComparison.Ordinal).Replace("url(#", $"url(#{prefix}", StringComparison.Ordinal).Replace("href=\"#", $"href=\"#{prefix}", StringComparison.Ordinal);
    }

    private void Write(TableBlock table)
    {
        bool[] numbers = [.. table.Columns.Select((_, c) => table.Rows.Any(r => r[c].Number is not null) && table.Rows.All(r => r[c].Number is not null || r[c].Text.Length == 0))];
        html.Append($"<div class=\"table\"><div class=\"scroll\">\n<table>\n<caption>{Encode(table.Caption)}</caption>\n<thead><tr>");
        for (int c = 0; c < table.Columns.Count; c++) html.Append($"<th scope=\"col\"{(numbers[c] ? " class=\"number\"" : "")}><button type=\"button\">{Breakable(table.Columns[c])}</button></th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<ReportCell> row in table.Rows)
        {
            html.Append("<tr>");
            for (int c = 0; c < row.Count; c++)
                html.Append(row[c].Number is { } number
                    ? string.Create(CultureInfo.InvariantCulture, $"<td{(numbers[c] ? " class=\"number\"" : "")} data-v=\"{number:R}\" title=\"{number:R}\">{Encode(row[c].Text)}</td>")
                    : $"<td{(row[c].Text.Length > LongCell ? " class=\"long\"" : "")}>{Encode(row[c].Text)}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n</div>\n");
        if (table.Omitted > 0) html.Append($"<p class=\"more\">and {table.Omitted} more</p>\n");
        html.Append("</div>\n");
    }

    /// <summary>A name that may be broken before its capital letters, so that narrow numbers have narrow columns.</summary>
    private static string Breakable(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? "<wbr>" + c : Encode(c.ToString())));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
