namespace DLExperiments.Errors;

/// <summary>Finds the names a user may have meant.</summary>
public static class NearNames
{
    /// <summary>The candidates closest to a misspelt name, best first.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="candidates">All valid names.</param>
    /// <param name="most">How many to return at most.</param>
    /// <returns>Names within an edit distance of a third of their length, or that contain what was typed.</returns>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int most = 3) =>
        candidates
            .Select(c => (Name: c, Distance: Distance(name.ToLowerInvariant(), c.ToLowerInvariant())))
            .Where(c => c.Distance <= Math.Max(2, c.Name.Length / 3)
                || (name.Length > 2 && c.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase)
            .Take(most).Select(c => c.Name).ToList();

    /// <summary>A clause for an error message: near matches when there are any, else the list of valid names.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="candidates">All valid names.</param>
    /// <returns>For example <c>Did you mean 'Linear'?</c> or <c>Known names: Adam, SGD.</c></returns>
    public static string Suggest(string name, IReadOnlyCollection<string> candidates)
    {
        IReadOnlyList<string> near = Find(name, candidates);
        return near.Count > 0
            ? $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?"
            : $"Known names: {string.Join(", ", candidates)}.";
    }

    /// <summary>A word with its article, at the start of a sentence: <c>An optimizer</c>.</summary>
    /// <param name="word">The word.</param>
    internal static string WithArticle(string word) => $"{(word.Length > 0 && "aeiouAEIOU".Contains(word[0], StringComparison.Ordinal) ? "An" : "A")} {word}";

    /// <summary>Edit distance with transpositions (optimal string alignment; Damerau 1964, Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int swap = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + swap);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
