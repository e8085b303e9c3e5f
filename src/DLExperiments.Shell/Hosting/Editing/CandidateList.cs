using System.Text;

namespace DLExperiments.Shell.Hosting.Editing;

/// <summary>Candidates as columns below the edited line.</summary>
public static class CandidateList
{
    /// <summary>Formats the labels, the chosen one inverted.</summary>
    /// <param name="items">The candidates.</param>
    /// <param name="chosen">The index of the one inserted now.</param>
    /// <param name="width">The terminal's columns.</param>
    /// <param name="most">At most so many are shown: the page around the chosen one.</param>
    /// <returns>Lines parted by <c>\n</c>.</returns>
    public static string Format(IReadOnlyList<(string Text, string Label)> items, int chosen, int width, int most)
    {
        ArgumentNullException.ThrowIfNull(items);
        var cell = Math.Min(items.Max(i => i.Label.Length) + 2, Math.Max(width - 1, 4));
        var perRow = Math.Max(1, (width - 1) / cell);
        var page = Math.Max(1, Math.Min(most, perRow * 8));
        var first = chosen / page * page;
        var last = Math.Min(first + page, items.Count);
        var text = new StringBuilder();
        for (var i = first; i < last; i++)
        {
            if (i > first && (i - first) % perRow == 0)
                text.Append('\n');
            var label = items[i].Label.Length > cell - 2 ? items[i].Label[..(cell - 2)] : items[i].Label;
            text.Append(i == chosen ? $"\e[7m{label}\e[0m" : label).Append(' ', cell - label.Length);
        }
        if (items.Count > page)
            text.Append($"\n{first + 1}-{last} of {items.Count}");
        return text.ToString();
    }
}
