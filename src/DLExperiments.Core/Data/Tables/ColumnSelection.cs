using System.Globalization;
using System.IO.Enumeration;
using DLExperiments.Errors;

namespace DLExperiments.Data.Tables;

/// <summary>Finds columns by name, wildcard or place.</summary>
internal static class ColumnSelection
{
    /// <summary>The places of the columns that the patterns name, in the order of the patterns, each once.</summary>
    /// <param name="columns">All columns.</param>
    /// <param name="patterns">Names (without regard to case), wildcards (* and ?) or places (0 the first, -1 the last).</param>
    /// <param name="role">What they are wanted for, lower case: <c>target</c>.</param>
    /// <exception cref="ExperimentException">UnknownColumn: a pattern names none.</exception>
    internal static List<int> Find(IReadOnlyList<string> columns, IReadOnlyList<string> patterns, string role)
    {
        var found = new List<int>();
        foreach (string pattern in patterns)
        {
            var matches = Match(columns, pattern).ToList();
            if (matches.Count == 0)
                throw new ExperimentException("UnknownColumn", ErrorKind.NotFound,
                    $"There is no column '{pattern}' for the {role}. {NearNames.Suggest(pattern, [.. columns])}", pattern);
            found.AddRange(matches.Where(m => !found.Contains(m)));
        }
        return found;
    }

    private static IEnumerable<int> Match(IReadOnlyList<string> columns, string pattern)
    {
        int exact = IndexOf(columns, pattern, StringComparison.Ordinal);
        if (exact < 0) exact = IndexOf(columns, pattern, StringComparison.OrdinalIgnoreCase);
        if (exact >= 0) return [exact];
        if (int.TryParse(pattern, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int place))
        {
            int index = place < 0 ? columns.Count + place : place;
            return (uint)index < (uint)columns.Count ? [index] : [];
        }
        return pattern.AsSpan().IndexOfAny('*', '?') < 0
            ? []
            : Enumerable.Range(0, columns.Count).Where(i => FileSystemName.MatchesSimpleExpression(pattern, columns[i]));
    }

    private static int IndexOf(IReadOnlyList<string> columns, string name, StringComparison comparison)
    {
        for (int i = 0; i < columns.Count; i++)
            if (columns[i].Equals(name, comparison)) return i;
        return -1;
    }
}
