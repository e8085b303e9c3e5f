using System.Globalization;

namespace DLExperiments.Data.Formats;

/// <summary>Guesses what a CSV file leaves unsaid: the delimiter and whether the first row is a header.</summary>
internal static class CsvDialect
{
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>The delimiter that cuts the first lines into the same, largest number of cells; a comma when none does.</summary>
    internal static char FindDelimiter(IReadOnlyList<string> lines, string? comment)
    {
        var rows = lines.Where(l => l.Length > 0 && (comment is null || !l.StartsWith(comment, StringComparison.Ordinal))).Take(50).ToList();
        if (rows.Count == 0) return ',';
        return Candidates
            .Select(c => (Delimiter: c, Counts: rows.ConvertAll(r => CountOutsideQuotes(r, c))))
            .Where(c => c.Counts[0] > 0)
            // Same count in every line first, then the most cells; a candidate in the header alone loses against one that is everywhere.
            .OrderByDescending(c => c.Counts.Count(n => n == c.Counts[0])).ThenByDescending(c => c.Counts[0])
            .Select(c => c.Delimiter).FirstOrDefault(',');
    }

    /// <summary>A header has a text that is no number in every cell.</summary>
    internal static bool LooksLikeHeader(IReadOnlyList<string> cells) =>
        cells.All(c => !string.IsNullOrWhiteSpace(c) && !double.TryParse(c, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static int CountOutsideQuotes(string line, char delimiter)
    {
        int count = 0;
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == delimiter && !quoted) count++;
        }
        return count;
    }
}
