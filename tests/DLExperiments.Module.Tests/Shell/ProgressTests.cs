using System.Management.Automation;
using DLExperiments.Shell.Hosting;

namespace DLExperiments.Module.Tests.Shell;

/// <summary>Progress as text.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void Line_has_activity_state_bar_per_cent_and_time_and_fits()
    {
        var record = new ProgressRecord(1, "Training", "epoch 3") { PercentComplete = 25, SecondsRemaining = 3725 };
        Assert.Equal("Training  epoch 3 [======                  ]  25% 1:02:05 left", ProgressLine.Format(record, 80));
        var narrow = ProgressLine.Format(record, 30);
        Assert.Equal(30, narrow.Length);
        Assert.EndsWith("  25% 1:02:05 left", narrow, StringComparison.Ordinal);
        Assert.Equal("Only  text", ProgressLine.Format(new ProgressRecord(1, "Only", "text"), 80));
    }

    [Fact]
    public void Pane_redraws_in_place_and_leaves_nothing()
    {
        var written = new List<string>();
        var pane = new ProgressPane(written.Add, () => 80, useColor: false);
        pane.Update(1, new ProgressRecord(1, "Outer", "a"), atLineStart: true);
        pane.Update(2, new ProgressRecord(2, "Inner", "b") { ParentActivityId = 1 }, atLineStart: true);
        Assert.Equal("\e[?25l\rOuter  a\e[K\r\n  Inner  b\e[K\e[J", written[^1]);
        pane.Erase();
        Assert.Equal("\r\e[1A\e[J\e[?25h", written[^1]);
        var count = written.Count;
        pane.Erase();
        Assert.Equal(count, written.Count);
    }

    [Fact]
    public void Reports_of_a_loop_are_one_activity_and_completion_ends_it()
    {
        var written = new List<string>();
        var pane = new ProgressPane(written.Add, () => 80, useColor: false);
        for (var source = 1; source <= 3; source++)
            pane.Update(source, new ProgressRecord(0, "Loop", $"{source}"), atLineStart: true);
        Assert.Single(written);
        pane.Update(9, new ProgressRecord(0, "Loop", "end") { RecordType = ProgressRecordType.Completed }, atLineStart: true);
        Assert.Equal("\r\e[J\e[?25h", written[^1]);
        pane.Update(10, new ProgressRecord(0, "Other", "x"), atLineStart: false);
        Assert.Equal(2, written.Count);
    }
}
