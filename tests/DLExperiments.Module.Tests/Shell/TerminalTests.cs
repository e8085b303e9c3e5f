namespace DLExperiments.Module.Tests.Shell;

/// <summary>The prompt and the progress pane, under a pseudo-terminal.</summary>
public sealed class TerminalTests
{
    [Fact]
    public void Prompt_edits_runs_and_keeps_its_history()
    {
        if (!Dlx.HasTerminal)
            return;
        using var dlx = new Dlx();
        // Left arrow and an inserted digit; an unfinished block over two lines; the first command again by arrows up.
        // The third arrow: the second one walks the lines of the block.
        var first = dlx.RunOnTerminal(
        [
            ("PS ", "6*7\e[D1\r"), ("102\r\n", ""), ("PS ", "if (1) {\r'mul' + 'ti' }\r"), ("multi\r\n", ""), ("PS ", "\e[A\e[A\e[A\r"),
            ("102\r\n", ""), ("PS ", "exit 3\r"),
        ]);
        Assert.Equal(3, first.ExitCode);
        Assert.Equal(2, Lines(first).Count(l => l == "102"));
        Assert.Contains("multi", Lines(first));
        Assert.Contains(">> ", first.Output, StringComparison.Ordinal);
        Assert.Equal("6*17\nif (1) {`\n'mul' + 'ti' }\n6*17\nexit 3\n", File.ReadAllText(Path.Combine(dlx.Folder, ".local/share/dlexperiments/dlx_history.txt")));
        var second = dlx.RunOnTerminal([("PS ", "\e[A\e[A\r"), ("102\r\n", ""), ("PS ", "\u0004")], "-NoLogo");
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("102", Lines(second));
        Assert.DoesNotContain("embedded", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_drawn_and_erased_and_colour_obeys_NO_COLOR()
    {
        if (!Dlx.HasTerminal)
            return;
        using var dlx = new Dlx();
        dlx.Script("p.ps1", "Write-Progress -Activity Training -Status 'epoch 1' -PercentComplete 50 -SecondsRemaining 65; Start-Sleep -Milliseconds 100; Write-Host -ForegroundColor Red done");
        var colored = dlx.RunOnTerminal([], "p.ps1");
        Assert.Contains("Training  epoch 1 [============            ]  50% 01:05 left", colored.Output, StringComparison.Ordinal);
        Assert.Contains("\r\e[J\e[?25h", colored.Output, StringComparison.Ordinal);
        Assert.Contains("\e[91mdone\e[0m", colored.Output, StringComparison.Ordinal);
        dlx.Environment["NO_COLOR"] = "1";
        var plain = dlx.RunOnTerminal([], "p.ps1");
        Assert.Contains("50%", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("\e\\[[0-9;]*m", plain.Output);
    }

    private static IEnumerable<string> Lines(DlxResult result) => result.Output.Split('\n').Select(l => l.TrimEnd('\r'));
}
