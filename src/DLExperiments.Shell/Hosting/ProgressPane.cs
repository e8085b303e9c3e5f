using System.Diagnostics;
using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// The lines at the bottom of a terminal that show running activities. They are redrawn in place by one write, so that nothing flickers,
/// and are gone without trace at the end. The owner serialises the calls.
/// </summary>
/// <param name="write">Writes to the terminal.</param>
/// <param name="width">The terminal's columns now.</param>
/// <param name="useColor">Whether the bar may be coloured.</param>
public sealed class ProgressPane(Action<string> write, Func<int> width, bool useColor)
{
    /// <summary>Activities shown at once: the newest and the one that contains it.</summary>
    public const int MaximumLines = 2;

    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(80);
    private readonly List<(long Source, ProgressRecord Record)> activities = [];
    private readonly Stopwatch sinceDrawn = Stopwatch.StartNew();
    private bool everDrawn;
    private int drawnLines;

    /// <summary>Takes a report and redraws, unless that was done a moment ago.</summary>
    /// <param name="source">Who reports.</param>
    /// <param name="record">The report.</param>
    /// <param name="atLineStart">Whether the cursor stands at a line's start; in mid-line nothing is drawn.</param>
    public void Update(long source, ProgressRecord record, bool atLineStart)
    {
        ArgumentNullException.ThrowIfNull(record);
        var index = IndexOf(source, record);
        var isNew = index < 0;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (isNew)
                return;
            activities.RemoveAt(index);
            if (activities.Count == 0)
                Erase();
            return;
        }
        if (isNew)
            activities.Add((source, record));
        else
            activities[index] = (source, record);
        if (atLineStart && (isNew || !everDrawn || sinceDrawn.Elapsed >= RedrawInterval))
            Draw();
    }

    /// <summary>Removes the lines from the terminal; the next report brings them back.</summary>
    public void Erase()
    {
        if (drawnLines == 0)
            return;
        write(ToTop() + "\e[J\e[?25h");
        drawnLines = 0;
    }

    /// <summary>Removes the lines and forgets the activities.</summary>
    public void Clear()
    {
        Erase();
        activities.Clear();
    }

    private void Draw()
    {
        var shown = activities.TakeLast(MaximumLines).Select(a => ProgressLine.Format(a.Record, width() - 1)).ToList();
        var text = new StringBuilder("\e[?25l").Append(ToTop());
        for (var i = 0; i < shown.Count; i++)
        {
            var line = useColor ? $"\e[33;1m{shown[i]}\e[0m" : shown[i];
            text.Append(line).Append("\e[K").Append(i < shown.Count - 1 ? "\r\n" : "");
        }
        // A line fewer than before: the rest below is cleared as well.
        write(text.Append("\e[J").ToString());
        drawnLines = shown.Count;
        everDrawn = true;
        sinceDrawn.Restart();
    }

    // A loop that calls Write-Progress is a new source each time round: then number and activity say what belongs together, and
    // at the end, where no activity need be named, the number alone.
    private int IndexOf(long source, ProgressRecord record)
    {
        var index = activities.FindIndex(a => a.Source == source && a.Record.ActivityId == record.ActivityId);
        if (index < 0)
            index = activities.FindIndex(a => a.Record.ActivityId == record.ActivityId && a.Record.Activity == record.Activity);
        if (index < 0 && record.RecordType == ProgressRecordType.Completed)
            index = activities.FindLastIndex(a => a.Record.ActivityId == record.ActivityId);
        return index;
    }

    private string ToTop() => drawnLines > 1 ? $"\r\e[{drawnLines - 1}A" : drawnLines == 1 ? "\r" : "";
}
