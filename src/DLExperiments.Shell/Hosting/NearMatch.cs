namespace DLExperiments.Shell.Hosting;

/// <summary>Finds the names that somebody may have meant.</summary>
public static class NearMatch
{
    /// <summary>The names nearest to <paramref name="word"/>, best first: those within a quarter of its length in edits.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="names">The names that exist.</param>
    /// <param name="count">At most so many.</param>
    /// <returns>The near names; none if nothing is near.</returns>
    public static IReadOnlyList<string> Find(string word, IEnumerable<string> names, int count = 3)
    {
        var limit = Math.Max(1, word.Length / 4);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: Distance(word, name, limit)))
            .Where(pair => pair.Distance <= limit)
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase)
            .Take(count).Select(pair => pair.Name)];
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one text to the other, letters' case ignored.</summary>
    /// <param name="a">A text.</param>
    /// <param name="b">Another text.</param>
    /// <param name="limit">Counting may stop above this.</param>
    /// <returns>The number of edits; something above <paramref name="limit"/> if it is more than that.</returns>
    public static int Distance(string a, string b, int limit = int.MaxValue)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
            return limit == int.MaxValue ? limit : limit + 1;
        var before = new int[b.Length + 1];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            (before, previous, current) = (previous, current, before);
        }
        return previous[b.Length];
    }

    private static bool Same(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);
}
