namespace DLExperiments.Module.Tests.Shell;

/// <summary>What goes where.</summary>
public sealed class StreamTests
{
    [Fact]
    public void Results_and_messages_go_to_standard_output_errors_to_standard_error()
    {
        using var dlx = new Dlx();
        var result = dlx.Run("-c", "1; Write-Warning w; Write-Verbose v -Verbose; Write-Host h -ForegroundColor Red; Write-Progress -Activity p -PercentComplete 5; Write-Error e; 2");
        Assert.Equal("1\nWARNING: w\nVERBOSE: v\nh\n2\n", result.Output);
        Assert.Equal("Write-Error: e\n", result.Error);
    }

    [Fact]
    public void Redirected_output_has_no_escape_sequence_nor_progress_nor_mark()
    {
        using var dlx = new Dlx();
        var result = dlx.Run("-c", "\"$($PSStyle.Foreground.Red)ä\"; Get-Command Get-Job; Write-Progress -Activity Work -PercentComplete 5; throw 'x'");
        Assert.StartsWith("ä\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Get-Job", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Work", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output + result.Error);
    }

    [Fact]
    public void Uncaught_error_shows_file_line_and_message()
    {
        using var dlx = new Dlx();
        dlx.Script("a.ps1", "1\nthrow 'broken'\n");
        var result = dlx.Run("a.ps1");
        Assert.Equal("1\n", result.Output);
        Assert.Contains("a.ps1:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("broken", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_the_script_or_the_input_of_one_that_asks()
    {
        using var dlx = new Dlx();
        Assert.Equal("42\nelse\n", dlx.Run("40 + 2\nif (0) { 1 }\nelse { 'else' }\n", []).Output);
        var dash = dlx.Run("'in'; exit 3", ["-Command", "-"]);
        Assert.Equal((3, "in\n"), (dash.ExitCode, dash.Output));
        Assert.Equal("<a>\n<b>\n", dlx.Run("a\nb\n", ["-c", "$input | ForEach-Object { \"<$_>\" }"]).Output);
    }

    [Fact]
    public void Question_in_a_noninteractive_session_is_an_error()
    {
        using var dlx = new Dlx();
        var result = dlx.Run("answer\n", ["-NonInteractive", "-c", "Read-Host q"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("-NonInteractive", result.Error, StringComparison.Ordinal);
        Assert.Contains("answer", dlx.Run("answer\n", ["-c", "$a = Read-Host q; $a"]).Output, StringComparison.Ordinal);
    }
}
