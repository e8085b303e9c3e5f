namespace DLExperiments.Module.Tests.Shell;

/// <summary>What a script finds in the session.</summary>
public sealed class SessionTests
{
    [Fact]
    public void Script_arguments_are_bound_as_by_pwsh()
    {
        using var dlx = new Dlx();
        dlx.Script("a.ps1", "param([int]$Epochs, [switch]$Quick, [bool]$Flag = $true, [string]$Name, [Parameter(ValueFromRemainingArguments)]$Rest)\n"
            + "\"$Epochs $Quick $Flag $Name|$($Rest -join ',')\"; \"$(Split-Path -Leaf $PSScriptRoot) $($MyInvocation.MyCommand.Name)\"");
        var result = dlx.Run("a.ps1", "-Epochs", "3", "-Quick", "-Flag:$false", "-Name:n", "x", "-5");
        Assert.Equal($"3 True False n|x,-5\n{Path.GetFileName(dlx.Folder)} a.ps1\n", result.Output);
        dlx.Script("b.ps1", "#requires -Version 7.4\n$args -join '|'");
        Assert.Equal("a|b c\n", dlx.Run("-File", "b.ps1", "a", "b c").Output);
        Assert.Equal("2\n", dlx.Run("-CommandWithArgs", "$args.Count", "a", "b").Output);
    }

    [Fact]
    public void Host_and_engine_say_what_they_are()
    {
        using var dlx = new Dlx();
        var result = dlx.Run("-WorkingDirectory", "/", "-c", "$Host.Name; $Host.UI.RawUI.WindowSize.Width; $PSVersionTable.PSVersion.Major; $PWD.Path; [Console]::OutputEncoding.GetPreamble().Length");
        Assert.Equal("dlx\n120\n7\n/\n0\n", result.Output);
        Assert.Matches(@"^dlx \d+\.\d+\.\d+ \(PowerShell 7\.\d+\.\d+\)\n$", dlx.Run("-Version").Output);
    }

    [Fact]
    public void Module_is_found_by_name_and_first_on_the_path()
    {
        using var dlx = new Dlx();
        var result = dlx.Run("-c", "(Import-Module DLExperiments -PassThru).Name; Test-Path (Join-Path ($env:PSModulePath -split [IO.Path]::PathSeparator)[0] DLExperiments)");
        Assert.Equal("DLExperiments\nTrue\n", result.Output);
    }

    [Fact]
    public void Stock_commands_exist_in_parallel_sessions_and_under_full_names()
    {
        using var dlx = new Dlx();
        var result = dlx.Run("-c", "1..2 | ForEach-Object -Parallel { Join-Path a b }; Microsoft.PowerShell.Utility\\Get-Unique -InputObject 7");
        Assert.Equal("", result.Error);
        Assert.Equal(3, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Unknown_command_says_whether_pwsh_has_it_or_what_is_near()
    {
        using var dlx = new Dlx();
        dlx.Script("a.ps1", "try { Send-MailMessage -To x } catch [System.Management.Automation.CommandNotFoundException] { \"$($_.FullyQualifiedErrorId): $_\" }\n"
            + "Sort-Objct\n'goes on'\nnosuchword\n@(Get-Command nosuchword -ErrorAction Ignore).Count");
        var result = dlx.Run("a.ps1");
        Assert.Contains("CommandNotFoundException: The command 'Send-MailMessage' is not among those that dlx, the embedded shell, carries; PowerShell itself (pwsh) has it.", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("goes on\n0\n", result.Output, StringComparison.Ordinal);
        // The view of an error in a script wraps its message.
        var error = result.Error.Replace("\n     | ", " ", StringComparison.Ordinal);
        Assert.Contains("Did you mean Sort-Object?", error, StringComparison.Ordinal);
        Assert.Contains("'nosuchword' is not recognized", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Profile_runs_unless_left_out()
    {
        using var dlx = new Dlx();
        Directory.CreateDirectory(Path.Combine(dlx.Folder, ".config", "dlexperiments"));
        dlx.Script(".config/dlexperiments/profile.ps1", "$mine = 'profile'");
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal("profile True\n", dlx.Run("-c", "\"$mine $(Test-Path $PROFILE)\"").Output);
        Assert.Equal(" True\n", dlx.Run("-NoProfile", "-c", "\"$mine $(Test-Path $PROFILE)\"").Output);
    }

    [Fact]
    public void Hand_over_starts_pwsh_with_the_module_path_and_passes_its_exit_code_on()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var dlx = new Dlx();
        var without = dlx.Run("-Pwsh", "-c", "1");
        var hasPwsh = without.ExitCode != 127;
        Assert.True(hasPwsh || without.Error.Contains("no pwsh on the PATH", StringComparison.Ordinal));
        var fake = dlx.Script("pwsh", "#!/bin/sh\necho \"$PSModulePath|$1|$2\"\nexit 5\n");
        File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        dlx.Environment["PATH"] = dlx.Folder + ":" + Environment.GetEnvironmentVariable("PATH");
        dlx.Environment["DLEXPERIMENTS_MODULE_ROOT"] = dlx.Folder;
        dlx.Environment["PSModulePath"] = "/other";
        var result = dlx.Run("-Pwsh", "-NoProfile", "a b");
        Assert.Equal((5, $"{dlx.Folder}:/other|-NoProfile|a b\n"), (result.ExitCode, result.Output));
    }
}
