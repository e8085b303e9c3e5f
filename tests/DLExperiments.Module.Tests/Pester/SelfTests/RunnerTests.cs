using DLExperiments.Module.Tests.Pester.Engines;

namespace DLExperiments.Module.Tests.Pester.SelfTests;

/// <summary>What the embedded runner does with files that are broken, hang, leave, print or skip.</summary>
public sealed class RunnerTests
{
    /// <summary>All ways to skip, with their reasons; a skipped block runs no set-up.</summary>
    [Fact]
    public void Skips_are_skips()
    {
        var results = PesterFile.Results("""
            Describe 's' {
                It 'flag' -Skip { throw 'ran' }
                It 'computed' -Skip:(1 -eq 1) { throw 'ran' }
                It 'not skipped' -Skip:$false { 1 | Should -Be 1 }
                It 'pending' -Pending { throw 'ran' }
                It 'result' { Set-ItResult -Skipped -Because 'there is no data'; throw 'ran' }
                It 'inconclusive' { Set-ItResult -Inconclusive -Because 'who knows' }
                Context 'block' -Skip { BeforeAll { throw 'ran' }; It 'a' { throw 'ran' } }
            }
            """);
        Assert.Equal(TestOutcome.Passed, results["s.not skipped"].Outcome);
        Assert.All(results.Where(r => r.Key != "s.not skipped"), r => Assert.Equal(TestOutcome.Skipped, r.Value.Outcome));
        Assert.Equal("is skipped, because there is no data", results["s.result"].Message);
        Assert.Equal("is inconclusive, because who knows", results["s.inconclusive"].Message);
        Assert.Equal(7, results.Count);
    }

    /// <summary>A file that cannot be parsed names itself and the place.</summary>
    [Fact]
    public void A_parse_error_is_a_failure_of_the_file()
    {
        var report = PesterFile.Run("Describe 'x' {\n It 'a' { 1 | Should -Be \n");
        Assert.Contains("Sample.Tests.ps1", report.Error);
        Assert.Contains("Missing closing '}'", report.Error);
    }

    /// <summary>An error at discovery, at the top or in a block, fails the file.</summary>
    [Theory]
    [InlineData("throw 'top broke'", "top broke")]
    [InlineData("Describe 'x' { It 'a' { }; throw 'block broke' }", "block broke")]
    [InlineData("BeforeDiscovery { throw 'before broke' }; Describe 'x' { It 'a' { } }", "before broke")]
    [InlineData("Describe 'x' { BeforeAll { }; BeforeAll { }; It 'a' { } }", "already defined")]
    [InlineData("Describe 'x' { It 'a'\n { } }", "no script block")]
    public void An_error_at_discovery_is_a_failure_of_the_file(string text, string message)
    {
        Assert.Contains(message, PesterFile.Run(text).Error);
    }

    /// <summary>A green run of nothing would hide a mistake.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Describe 'x' { }")]
    [InlineData("Describe 'x' { It 'a' -ForEach @() { } }")]
    public void A_file_without_tests_is_a_failure(string text)
    {
        Assert.Contains("no test", PesterFile.Run(text).Error);
    }

    /// <summary>exit, break and blocks in the wrong place fail their test and no other.</summary>
    [Theory]
    [InlineData("exit 3", "exit")]
    [InlineData("break", "break")]
    [InlineData("It 'inner' { }", "inside another test")]
    [InlineData("Describe 'inner' { }", "stands inside It")]
    [InlineData("BeforeAll { }", "stands inside a test")]
    public void Leaving_the_file_fails_one_test(string code, string message)
    {
        var results = PesterFile.Results($"Describe 'd' {{ It 'a' {{ {code} }}; It 'b' {{ 1 | Should -Be 1 }} }}");
        Assert.Equal(TestOutcome.Failed, results["d.a"].Outcome);
        Assert.Contains(message, results["d.a"].Message);
        Assert.Equal(TestOutcome.Passed, results["d.b"].Outcome);
    }

    /// <summary>A discovery that hangs is stopped too.</summary>
    [Fact]
    public void A_hung_discovery_is_stopped()
    {
        Assert.Contains("Discovery did not end", PesterFile.Run("while ($true) { }", timeoutSeconds: 3).Error);
    }

    /// <summary>Each test has what it wrote itself, errors and warnings included.</summary>
    [Fact]
    public void Output_belongs_to_its_test()
    {
        var results = PesterFile.Results("""
            Describe 'd' {
                It 'a' { Write-Host 'from a'; Get-Command no-such-command }
                It 'b' { Write-Warning 'from b' }
            }
            """);
        Assert.Contains("from a", results["d.a"].Output);
        Assert.Contains("ERROR: The term 'no-such-command'", results["d.a"].Output);
        Assert.Equal("WARNING: from b\n", results["d.b"].Output);
    }

    /// <summary>What a file does to the process does not reach the next file.</summary>
    [Fact]
    public void The_process_is_put_back_after_a_file()
    {
        var folder = Environment.CurrentDirectory;
        var results = PesterFile.Results("""
            Describe 'd' { It 'a' {
                $env:DLX_SELF_TEST = 'set'
                [Environment]::CurrentDirectory = $TestDrive.FullName
                $global:left = 1
                ($env:PSModulePath -split [IO.Path]::PathSeparator)[0] | Should -BeLike '*module'
            } }
            """);
        Assert.Equal(TestOutcome.Passed, results["d.a"].Outcome);
        Assert.Null(Environment.GetEnvironmentVariable("DLX_SELF_TEST"));
        Assert.Equal(folder, Environment.CurrentDirectory);
        var next = PesterFile.Results("Describe 'd' { It 'a' { $env:DLX_SELF_TEST | Should -BeNullOrEmpty; $global:left | Should -BeNullOrEmpty } }");
        Assert.Equal(TestOutcome.Passed, next["d.a"].Outcome);
    }

    /// <summary>A failure says where: the statement, the file and the line.</summary>
    [Fact]
    public void A_failure_has_its_place_and_duration()
    {
        var result = PesterFile.Results("Describe 'd' {\n It 'a' {\n  [Threading.Thread]::Sleep(30)\n  1 | Should -Be 2\n }\n}")["d.a"];
        Assert.Contains("1 | Should -Be 2", result.Location);
        Assert.EndsWith("Sample.Tests.ps1:4", result.Location);
        Assert.InRange(result.Seconds, 0.03, 30);
    }

    /// <summary>Set-up and tear-down run in Pester's order, tear-down also after a failure.</summary>
    [Fact]
    public void Set_up_and_tear_down_have_their_order()
    {
        var results = PesterFile.Results("""
            BeforeAll { $global:log = [System.Collections.Generic.List[string]]::new() }
            BeforeEach { $log.Add('file-each') }
            AfterEach { $log.Add('file-after') }
            Describe 'd' {
                BeforeAll { $log.Add('all') }
                AfterAll { $log.Add('end') }
                BeforeEach { $log.Add('each') }
                AfterEach { $log.Add('after') }
                It 'a' { $log.Add('a'); throw 'failed' }
            }
            Describe 'e' { It 'log' { $log -join ' ' | Should -Be 'all file-each each a after file-after end file-each' } }
            """);
        Assert.Equal("failed", results["d.a"].Message);
        Assert.Equal(("", TestOutcome.Passed), (results["e.log"].Message, results["e.log"].Outcome));
    }

    /// <summary>Files are found and run by the test project itself.</summary>
    [Fact]
    public void Results_are_looked_up_by_index()
    {
        var name = TestFiles.Names()[0];
        var tests = TestFiles.Discovered(name).Tests;
        Assert.Equal(Enumerable.Range(0, tests.Count), tests.Select(t => t.Index));
        Assert.Equal(TestOutcome.Failed, TestFiles.Result(name, tests.Count).Outcome);
    }
}
