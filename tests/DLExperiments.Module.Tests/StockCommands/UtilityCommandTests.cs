using System.Diagnostics;

namespace DLExperiments.Module.Tests.StockCommands;

public sealed class UtilityCommandTests : IDisposable
{
    private readonly FolderShell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("Get-Date '2024-02-29 13:14:15' -Format yyyy-MM", "2024-02")]
    [InlineData("Get-Date '2024-02-29 13:14:15.1234' -Format FileDate", "20240229")]
    [InlineData("Get-Date '2024-02-29 13:14:15.1234' -Format FileDateTime", "20240229T1314151234")]
    [InlineData("Get-Date '2024-02-29 13:04:05' -UFormat '%A %a %B %b %C %D %d %e %F %H %I %j %M %m %p %R %S %T %u %V %w %Y %y %%'",
        "Thursday Thu February Feb 20 02/29/24 29 29 2024-02-29 13 01 060 04 02 PM 13:04 05 13:04:05 4 09 4 2024 24 %")]
    [InlineData("Get-Date '2023-01-01' -UFormat '+%G-%V'", "2022-52")]
    [InlineData("Get-Date -UnixTimeSeconds 86400 -AsUTC -Format o", "1970-01-02T00:00:00.0000000Z")]
    [InlineData("Get-Date -Year 2020 -Month 1 -Day 31 -Hour 1 -Minute 2 -Second 3 -Millisecond 4 -Format 'yyyy-MM-dd HH:mm:ss.fffffff'", "2020-01-31 01:02:03.0040000")]
    [InlineData("(Get-Date 2024-01-01 -DisplayHint Date).DisplayHint", "Date")]
    [InlineData("'2020-01-01', '2021-01-01' | Get-Date -Format yyyy", "2020|2021")]
    [InlineData("Get-Date -Month 13", "<ParameterArgumentValidationError>")]
    [InlineData("(Get-Date).GetType().Name", "DateTime")]
    [InlineData("New-TimeSpan -Days 1 -Hours 2", "1.02:00:00")]
    [InlineData("New-TimeSpan 2020-01-01 2020-01-03", "2.00:00:00")]
    public void Dates(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    // The seeded draws are those of pwsh 7.6 for the same commands.
    [Theory]
    [InlineData("Get-Random -SetSeed 42; Get-Random; Get-Random -Maximum 100; Get-Random -Minimum 5 -Maximum 10", "381294397|1003291822|67|7")]
    [InlineData("1..10 | Get-Random -SetSeed 3 -Count 4", "7|6|1|3")]
    [InlineData("1..5 | Get-Random -SetSeed 3 -Shuffle", "2|3|1|4|5")]
    [InlineData("Get-Random -SetSeed 7 -Maximum 10000000000", "8422449995")]
    [InlineData("Get-Random 1, 2, 3 -SetSeed 5", "1")]
    public void SeededDrawsAreThoseOfPwsh(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("(Get-Random -Maximum 1.0).GetType().Name; (Get-Random -Maximum '9').GetType().Name; (Get-Random -Maximum 9999999999).GetType().Name", "Double|Int32|Int64")]
    [InlineData("$n = 1..500 | ForEach-Object { Get-Random -Minimum 3 -Maximum 6 }; ($n | Get-Unique2) -join ''", "345")]
    [InlineData("(1..9 | Get-Random -Shuffle | ForEach-Object -Begin { $s = 0 } -Process { $s += $_ } -End { $s })", "45")]
    [InlineData("Get-Random -Minimum 5 -Maximum 5", "<MinGreaterThanOrEqualMax>")]
    [InlineData("Get-Random -Maximum abc", "<InvalidCastFromStringToInteger>")]
    [InlineData("@(1..3 | Get-Random -Count 10).Count", "3")]
    [InlineData("(Get-SecureRandom -Maximum 5) -lt 5", "True")]
    public void Draws(string script, string expected) => Assert.Equal(expected,
        shell.Run("function Get-Unique2 { [Collections.Generic.SortedSet[object]]@($input) }\n" + script));

    // Digests of 'line1\nline2\nline3\nline4\n' and of the bytes 1, 2 by sha256sum and md5sum.
    [Theory]
    [InlineData("(Get-FileHash f1.txt).Hash", "9A1FD5560147DA610CDE03A9E0CF1DB3D4F93B53F46AC67E754CB42FB7FB911A")]
    [InlineData("(Get-FileHash f1.txt -Algorithm MD5).Hash", "51EB50EEBFD0E36ABE3C09E631399AF9")]
    [InlineData("(Get-FileHash f1.txt -Algorithm sha1).Algorithm", "SHA1")]
    [InlineData("(Get-FileHash f*.txt).Path", "~/f1.txt|~/f2.txt")]
    [InlineData("(Get-FileHash -InputStream ([IO.MemoryStream]::new([byte[]](1, 2)))).Hash", "A12871FEE210FB8619291EAEA194581CBD2531E4B23759D225F6806923F63222")]
    [InlineData("Get-FileHash nope", "<FileNotFound>")]
    public void Hashes(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Theory]
    [InlineData("(Get-Process -Id $PID).GetType().Name; (Get-Process -Id $PID).Id -eq $PID", "Process|True")]
    [InlineData("Get-Process -Id 99999999", "<NoProcessFoundForGivenId>")]
    [InlineData("Get-Process nopenope; Get-Process nope*nope", "<NoProcessFoundForGivenName>")]
    [InlineData("Start-Process nopenope", "<InvalidOperationException>")]
    [InlineData("Start-Process nopenope -WorkingDirectory nope", "<DirectoryNotFoundException>")]
    [InlineData("Start-Process dotnet --version -WhatIf", "")]
    [InlineData("Wait-Process -Id 99999999", "<NoProcessFoundForGivenId>")]
    [InlineData("New-Guid -Empty", "00000000-0000-0000-0000-000000000000")]
    [InlineData("New-Guid xx", "<StringNotRecognizedAsGuid>")]
    [InlineData("$t = New-TemporaryFile; $t.Length; Remove-Item $t; Test-Path $t", "0|False")]
    [InlineData("Add-Type -AssemblyName System.Net.Http; [System.Net.Http.HttpMethod]::Get.Method", "GET")]
    [InlineData("Add-Type -AssemblyName System.Nope", "<ASSEMBLY_NOT_FOUND>")]
    [InlineData("(Get-TimeZone -Id UTC).Id", "UTC")]
    [InlineData("Get-TimeZone -Id nope", "<TimeZoneNotFound>")]
    [InlineData("function f { (Get-PSCallStack)[0].Command }; f", "f")]
    [InlineData("@(Get-Runspace).Count -ge 1", "True")]
    [InlineData("Start-Sleep -Milliseconds 1; Start-Sleep 0.001; Start-Sleep -Duration ([timespan]::FromMilliseconds(1))", "")]
    [InlineData("Start-Sleep -1", "<ParameterArgumentValidationError>")]
    public void Others(string script, string expected) => Assert.Equal(expected, shell.Run(script));

    [Fact]
    public void StartsAProgramAndRedirectsItsStreams()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("a b|3|err", shell.Run("""
            Start-Process echo a, b -Wait -RedirectStandardOutput o.txt; Get-Content o.txt
            (Start-Process sh '-c "echo err >&2; exit 3"' -Wait -RedirectStandardError e.txt -PassThru).ExitCode; Get-Content e.txt
            """));
        Assert.Equal("env|second", shell.Run("""
            Start-Process sh '-c "echo $ZZ"' -Environment @{ ZZ = 'env' } -Wait -RedirectStandardOutput o.txt; Get-Content o.txt
            Start-Process cat -Wait -RedirectStandardInput f2.txt -RedirectStandardOutput o.txt; Get-Content o.txt
            """));
        Assert.Equal("True|<ProcessNotTerminated>", shell.Run("""
            $p = Start-Process sleep 30 -PassThru; Wait-Process -Id $p.Id -Timeout 0
            Stop-Process $p; $p | Wait-Process; $p.HasExited
            """));
    }

    [Theory]
    [InlineData("Add-Type 'public static class DlxTwice { public static int Of(int x) => 2 * x; }'; [DlxTwice]::Of(21)", "42")]
    [InlineData("(Add-Type -Name DlxAbs -Namespace N -MemberDefinition 'public static int Of(int x) => Math.Abs(x);' -PassThru).FullName; [N.DlxAbs]::Of(-3)", "N.DlxAbs|3")]
    [InlineData("Set-Content a.cs 'public class DlxFromFile { public int X = 5; }'; Add-Type -Path a.cs; [DlxFromFile]::new().X", "5")]
    [InlineData("Add-Type 'public class DlxBad { int X( }'", "<SOURCE_CODE_ERROR>")]
    public void CompilesWithTheCompilerOfTheSdk(string script, string expected) => Assert.StartsWith(expected, shell.Run(script));

    [Fact]
    public void StoppingThePipelineEndsASleepAtOnce()
    {
        using var sleeper = shell.Shell();
        var clock = Stopwatch.StartNew();
        var running = sleeper.AddScript("Start-Sleep 60").BeginInvoke();
        Assert.False(running.AsyncWaitHandle.WaitOne(200));
        sleeper.Stop();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
    }
}
