namespace DLExperiments.Module.Tests.Shell;

/// <summary>Exit codes: the documented ones of pwsh.</summary>
public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 5", 5)]
    [InlineData("throw 'x'", 1)]
    [InlineData("[int]'abc'", 1)]
    [InlineData("[int]'abc'; 1", 0)]
    [InlineData("try { throw 1 } catch { 2 }", 0)]
    [InlineData("if (1) {", 1)]
    public void Command_ends_with_the_state_of_its_last_statement(string command, int expected)
    {
        using var dlx = new Dlx();
        Assert.Equal(expected, dlx.Run("-NoProfile", "-Command", command).ExitCode);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'x'", 1)]
    [InlineData("[int]'abc'; 'goes on'", 0)]
    [InlineData("& $PSScriptRoot/inner.ps1; if ($LASTEXITCODE -ne 3) { exit 99 }", 0)]
    [InlineData("'unfinished", 1)]
    public void Script_ends_with_0_with_1_after_an_uncaught_error_or_with_its_exit(string script, int expected)
    {
        using var dlx = new Dlx();
        dlx.Script("inner.ps1", "exit 3");
        dlx.Script("a.ps1", script);
        Assert.Equal(expected, dlx.Run("a.ps1").ExitCode);
    }

    [Fact]
    public void Missing_script_and_unknown_option_are_usage_errors()
    {
        using var dlx = new Dlx();
        var missing = dlx.Run("none.ps1");
        Assert.Equal(64, missing.ExitCode);
        Assert.StartsWith("The argument 'none.ps1' is not recognized as the name of a script file.", missing.Error, StringComparison.Ordinal);
        var unknown = dlx.Run("-NoProfil", "-Comand", "1");
        Assert.Equal(64, unknown.ExitCode);
        Assert.Contains("'-Comand'", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("-Command", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Signal_stops_the_pipeline_and_runs_finally(string signal, int expected)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var dlx = new Dlx();
        dlx.Script("wait.ps1", "try { 'ready'; while ($true) { Start-Sleep -Milliseconds 20 } } finally { [IO.File]::WriteAllText(\"$PSScriptRoot/mark\", 'ran') }");
        var result = dlx.RunAndSignal(signal, null, "wait.ps1");
        Assert.Equal(expected, result.ExitCode);
        Assert.Equal("ran", File.ReadAllText(Path.Combine(dlx.Folder, "mark")));
    }

    [Fact]
    public void Second_signal_ends_what_does_not_listen()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var dlx = new Dlx();
        // The method call holds the pipeline thread for a minute: only the process' end can stop it.
        dlx.Script("deaf.ps1", "'ready'; [Threading.Thread]::Sleep(60000)");
        Assert.Equal(130, dlx.RunAndSignal("INT", TimeSpan.FromMilliseconds(300), "deaf.ps1").ExitCode);
    }
}
