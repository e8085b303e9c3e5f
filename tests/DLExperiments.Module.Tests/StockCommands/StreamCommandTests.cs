namespace DLExperiments.Module.Tests.StockCommands;

/// <summary>Streams, variables, aliases, running text, and finding text.</summary>
public sealed class StreamCommandTests(ScriptTable table) : IClassFixture<ScriptTable>
{
    [Theory]
    [InlineData("Write-Host 1 2 (3, 4) -Separator '-'", "INFO 1-2-3-4")]
    [InlineData("Write-Host ([pscustomobject]@{ a = 1 }) $null 1.5", "INFO @{a=1}  1.5")]
    [InlineData("$h = Write-Host x -ForegroundColor Red -NoNewline 6>&1; $h.MessageData.ForegroundColor; $h.MessageData.NoNewLine; $h.Tags -join ','", "Red\nTrue\nPSHOST")]
    [InlineData("(Write-Output 1 2 3).Count; (Write-Output (1, 2) -NoEnumerate).Count; @(Write-Output @()).Count", "3\n2\n0")]
    [InlineData("Write-Warning w; Write-Information i", "WARNING w\nINFO i")]
    [InlineData("Write-Verbose v -Verbose 4>&1; Write-Debug d -Debug 5>&1", "v\nd")]
    [InlineData("Write-Error e -ErrorId my -Category InvalidData; $Error[0].CategoryInfo.Category; $Error[0].CategoryInfo.Activity", "InvalidData\nWrite-Error\nERROR my: e")]
    [InlineData("Write-Error -Exception ([ArgumentException]::new('inner')) -Message outer", "ERROR System.ArgumentException: outer")]
    [InlineData("try { Write-Error stop -ErrorAction Stop } catch { \"$($_.FullyQualifiedErrorId): $_\" }", "Microsoft.PowerShell.Commands.WriteErrorException: stop")]
    [InlineData("function f { [CmdletBinding()] param() Write-Error inner; 'after' }; try { f -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }", "Microsoft.PowerShell.Commands.WriteErrorException,f")]
    [InlineData("try { throw 'a' } catch { Write-Error $_ }", "ERROR a: a")]
    [InlineData("Write-Progress act -PercentComplete 10; Write-Progress -Completed; 'done'", "done")]
    [InlineData("Write-Information i -Tags PSx", "ERROR PSInfoTagNotSupported: The information tag 'PSx' is not allowed: tags that start with 'PS' are reserved.")]
    public void Streams(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("Set-Variable x 5; $x; & { Set-Variable x 9; $x }; $x", "5\n9\n5")]
    [InlineData("& { Set-Variable up 1 -Scope 1 }; $up", "1")]
    [InlineData("1..3 | Set-Variable z; \"$z\"", "1 2 3")]
    [InlineData("Set-Variable c 1 -Option Constant; Set-Variable c 2; $c", "1\nERROR VariableNotWritable: Cannot overwrite variable c because it is read-only or constant.")]
    [InlineData("Set-Variable r 1 -Option ReadOnly; Set-Variable r 2 -Force; $r", "2")]
    [InlineData("$v1 = 1; $v2 = 2; (Get-Variable v? -ValueOnly) -join ','", "1,2")]
    [InlineData("Get-Variable none", "ERROR VariableNotFound: Cannot find a variable with the name 'none'.")]
    [InlineData("New-Variable n 3; New-Variable n 4; $n; New-Variable n 5 -Force; $n", "3\n5\nERROR VariableAlreadyExists: A variable with name 'n' already exists.")]
    [InlineData("$d = 1; Remove-Variable d; Test-Path variable:d; $e = 1; Clear-Variable e; $null -eq $e", "False\nTrue")]
    [InlineData("Set-Alias zz Get-Variable; $q = 4; (zz q).Value; (Get-Alias zz).Definition; Remove-Alias zz; Get-Alias zz", "4\nGet-Variable\nERROR ItemNotFoundException: This command cannot find a matching alias because an alias with the name 'zz' does not exist.")]
    [InlineData("(Get-Alias -Definition Select-Object).Name", "select")]
    public void Variables_and_aliases(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("$q = 1; Invoke-Expression '$q = 2; \"hi\"; 1 + 1'; $q", "hi\n2\n2")]
    [InlineData("$q = 1; (Measure-Command { $q = 3; 'lost' }).GetType().Name; $q", "TimeSpan\n3")]
    [InlineData("$s = 0; 1..3 | Measure-Command { $s += $_ } | Out-Null; $s", "6")]
    [InlineData("(Measure-Command { Write-Error e }).GetType().Name", "TimeSpan\nERROR Microsoft.PowerShell.Commands.WriteErrorException: e")]
    public void Running_text(string script, string expected) => table.Check(script, expected);

    [Theory]
    [InlineData("'abc', 'xyz', 'b' | Select-String b | ForEach-Object { \"$($_.LineNumber):$($_.Line)\" }", "1:abc\n3:b")]
    [InlineData("'abc' | Select-String B -CaseSensitive -Quiet; 'abc' | Select-String B -Quiet", "False\nTrue")]
    [InlineData("('a1b22' | Select-String '\\d+' -AllMatches).Matches.Value -join ','", "1,22")]
    [InlineData("('a1b22' | Select-String '\\d+').Matches.Value -join ','", "1")]
    [InlineData("('a', 'b' | Select-String a -NotMatch).Line", "b")]
    [InlineData("('a.b', 'axb' | Select-String 'a.b' -SimpleMatch).Line", "a.b")]
    [InlineData("'x=1', 'y' | Select-String '(\\w)=(\\d)' -Raw", "x=1")]
    [InlineData("Set-Content s.txt 'l1', 'l2 hit', 'l3', 'l4 hit', 'l5', 'l6'; Select-String hit s.txt -Context 1", "  s.txt:1:l1\n> s.txt:2:l2 hit\n  s.txt:3:l3\n> s.txt:4:l4 hit\n  s.txt:5:l5")]
    [InlineData("Set-Content s.txt 'l1', 'l2 hit', 'l3', 'l4 hit', 'l5'; $c = (Select-String hit s.txt -Context 2)[0].Context; \"$($c.PreContext)|$($c.PostContext)|$($c.DisplayPostContext)\"", "l1|l3 l4 hit|l3")]
    [InlineData("Set-Content s1.txt 'hit', 'hit'; Set-Content s2.txt 'hit'; (Select-String hit s?.txt -List | ForEach-Object { \"$($_.Filename):$($_.LineNumber)\" } | Sort-Object) -join ' '", "s1.txt:1 s2.txt:1")]
    [InlineData("Set-Content s1.txt 'hit'; Get-Item s1.txt | Select-String hit | ForEach-Object ToString | Split-Path -Leaf", "s1.txt:1:hit")]
    public void Finding_text(string script, string expected) => table.Check(script, expected);

    [Fact]
    public void A_bad_expression_is_named() => Assert.StartsWith("ERROR InvalidRegex: The string ( is not a valid regular expression:", table.Run("'a' | Select-String '('"));

    [Theory]
    [InlineData("select", "Select-Object")]
    [InlineData("ft", "Format-Table")]
    [InlineData("ipcsv", "Import-Csv")]
    [InlineData("iex", "Invoke-Expression")]
    [InlineData("sls", "Select-String")]
    public void Stock_aliases_are_there(string name, string command) => table.Check($"(Get-Alias {name}).Definition", command);

    [Theory]
    [InlineData("Select-Object", "Microsoft.PowerShell.Utility")]
    [InlineData("Get-ChildItem", "Microsoft.PowerShell.Management")]
    public void Commands_can_be_named_with_their_module(string name, string module) =>
        table.Check($"(Get-Command {name}).Source; (Get-Command {module}\\{name}).Name", $"{module}\n{name}");

    [Fact]
    public void No_name_is_taken_twice() => Assert.Empty(
        DLExperiments.Shell.Commands.StockCommands.FindCmdlets().GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Aliases_stand_for_commands_that_are_there() =>
        table.Check("Get-Alias | Where-Object { $_.Definition -ne 'mkdir' -and -not (Get-Command $_.Definition -ErrorAction Ignore) } | ForEach-Object Name", "");

    [SkippableOnWindowsFact]
    public void Native_commands_are_not_hidden() =>
        table.Check("(Get-Alias ls, cat, cp, mv, rm, sort, diff, tee, sleep -ErrorAction Ignore).Count", "0");

    private sealed class SkippableOnWindowsFactAttribute : FactAttribute
    {
        public SkippableOnWindowsFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "On Windows these are aliases, as in pwsh.";
        }
    }
}
