using System.Net;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>The parts of the page that ConvertTo-Html writes.</summary>
internal static class HtmlPage
{
    internal static string Escape(string? text) => WebUtility.HtmlEncode(text ?? "");

    internal static IEnumerable<string> Start(bool transitional, IEnumerable<string>? head, string title, string? charset, Uri? style, IEnumerable<string> meta, IEnumerable<string>? body)
    {
        yield return transitional
            ? "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"  \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">"
            : "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"  \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">";
        yield return "<html xmlns=\"http://www.w3.org/1999/xhtml\">";
        yield return "<head>";
        if (charset is not null)
            yield return $"<meta charset=\"{charset}\">";
        foreach (var line in meta)
            yield return line;
        foreach (var line in head ?? [$"<title>{Escape(title)}</title>"])
            yield return line;
        if (style is not null)
            yield return $"<link rel=\"stylesheet\" type=\"text/css\" href=\"{style}\" />";
        yield return "</head><body>";
        foreach (var line in body ?? [])
            yield return line;
    }

    internal static string Columns(int count) => count == 0 ? "<colgroup></colgroup>" : "<colgroup>" + string.Concat(Enumerable.Repeat("<col/>", count)) + "</colgroup>";

    internal static string Row(string cell, IEnumerable<string> values) =>
        "<tr>" + string.Concat(values.Select(value => $"<{cell}>{Escape(value)}</{cell}>")) + "</tr>";
}
