using System.Globalization;
using System.Management.Automation;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Commands.Data;

/// <summary>Shows a download as a progress bar with bytes, speed and remaining time, four times a second at most.</summary>
internal sealed class DownloadProgressWriter
{
    private const long Interval = 250;

    private readonly Action<ProgressRecord> show;
    private readonly string activity;
    private string file = "";
    private long last, began, atBegin;
    private bool shown;

    internal DownloadProgressWriter(Action<ProgressRecord> show, string name)
    {
        this.show = show;
        activity = $"Fetching {name}";
    }

    internal void Show(DownloadProgress progress)
    {
        long now = Environment.TickCount64;
        if (progress.File != file || progress.Received < atBegin) (file, began, atBegin) = (progress.File, now, progress.Received);
        if (now - last < Interval && shown) return;
        last = now;
        shown = true;
        double seconds = (now - began) / 1000.0, speed = seconds > 0 ? (progress.Received - atBegin) / seconds : 0;
        string text = progress.Received == 0 ? $"{file}: {progress.Status}"
            : string.Create(CultureInfo.InvariantCulture, $"{file}: {progress.Received / 1e6:0.0}{(progress.Total is { } t ? $" of {t / 1e6:0.0}" : "")} MB, {speed / 1e6:0.0} MB/s");
        show(new ProgressRecord(0, activity, text)
        {
            PercentComplete = progress.Total is > 0 and { } total ? (int)Math.Min(100, 100 * progress.Received / total) : -1,
            SecondsRemaining = progress.Total is { } all && speed > 0 ? (int)Math.Min(int.MaxValue, (all - progress.Received) / speed) : -1,
        });
    }

    internal void Complete()
    {
        if (shown) show(new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed });
    }
}
