using System.Management.Automation.Host;

namespace DLExperiments.Shell.Hosting;

/// <summary>Reads the labels of choices, in which <c>&amp;</c> marks the letter that chooses.</summary>
public static class ChoiceText
{
    /// <summary>Splits a label.</summary>
    /// <param name="choice">The choice.</param>
    /// <returns>The upper-case letter that chooses (empty without a mark), and the label without the mark.</returns>
    public static (string Key, string Label) Split(ChoiceDescription choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var label = choice.Label;
        var mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark < 0 || mark == label.Length - 1
            ? ("", label.Replace("&", "", StringComparison.Ordinal))
            : (label[mark + 1].ToString().ToUpperInvariant(), label.Remove(mark, 1));
    }
}
