using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Hosting;

/// <summary>One activity as one line of text: name, state, bar, per cent, time that remains.</summary>
public static class ProgressLine
{
    private const int BarWidth = 24;
    private const int NarrowestBar = 60;

    /// <summary>Formats a report.</summary>
    /// <param name="record">The report.</param>
    /// <param name="columns">The columns that the line may fill.</param>
    /// <returns>At most <paramref name="columns"/> characters, without a line end.</returns>
    public static string Format(ProgressRecord record, int columns)
    {
        ArgumentNullException.ThrowIfNull(record);
        columns = Math.Max(columns, 10);
        var tail = new StringBuilder();
        if (record.PercentComplete >= 0)
        {
            if (columns >= NarrowestBar)
                tail.Append(' ').Append(Bar(record.PercentComplete));
            tail.Append(CultureInfo.InvariantCulture, $" {record.PercentComplete,3}%");
        }
        if (record.SecondsRemaining >= 0)
            tail.Append(' ').Append(Duration(record.SecondsRemaining)).Append(" left");
        var head = string.Join("  ", new[] { record.Activity, record.StatusDescription, record.CurrentOperation }.Where(t => !string.IsNullOrWhiteSpace(t)));
        head = new string([.. head.Select(c => char.IsControl(c) ? ' ' : c)]);
        if (record.ParentActivityId >= 0)
            head = "  " + head;
        var room = Math.Max(columns - tail.Length, 5);
        if (head.Length > room)
            head = head[..(room - 1)] + "…";
        var line = head + tail;
        return line.Length > columns ? line[..columns] : line;
    }

    private static string Bar(int percent)
    {
        var full = Math.Clamp(percent * BarWidth / 100, 0, BarWidth);
        return "[" + new string('=', full) + new string(' ', BarWidth - full) + "]";
    }

    private static string Duration(int seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes:00}:{time.Seconds:00}");
    }
}
