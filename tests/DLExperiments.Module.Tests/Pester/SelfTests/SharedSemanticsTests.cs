using System.Management.Automation;
using System.Text.RegularExpressions;
using DLExperiments.Module.Tests.Pester.Engines;

namespace DLExperiments.Module.Tests.Pester.SelfTests;

/// <summary>Two files, one that must pass and one that must fail in every test, in each engine that this machine has.</summary>
public sealed partial class SharedSemanticsTests
{
    /// <summary>The embedded engine always; pwsh with Pester where it is the engine of this run.</summary>
    public static TheoryData<string> Engines => TestFiles.Engine is PwshEngine ? ["embedded", "pwsh"] : ["embedded"];

    /// <summary>What files may rely on.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Everything_in_Holds_passes(string engine)
    {
        using var file = PesterFile.Stored("Holds.ps1");
        var report = Engine(engine).Run(file.Path);
        Assert.Null(report.Error);
        Assert.Equal([], report.Results.Where(r => r.Outcome != TestOutcome.Passed).Select(r => $"{r.Path}: {r.Message} {r.Location}"));
        Assert.Equal(38, report.Results.Count);
        Assert.Contains(report.Results, r => r.Path == "block 2+2.inner q.q 2  <plain> $x \"q\"");
        Assert.Contains(report.Results, r => r.Path == "cases.late name LATE");
        Assert.Contains(report.Results, r => r.Path == "cases.object one 5");
    }

    /// <summary>A runner that cannot fail is worth nothing.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Everything_in_Fails_fails_with_its_message(string engine)
    {
        using var file = PesterFile.Stored("Fails.ps1");
        var report = Engine(engine).Run(file.Path);
        Assert.Null(report.Error);
        var results = report.Results.GroupBy(r => r.Index).Select(g => g.Last()).ToList();
        Assert.Equal(38, results.Count);
        var wrong = results.Where(r => r.Outcome != TestOutcome.Failed || !new WildcardPattern(Blocks().Replace(r.Path, "")).IsMatch(r.Message.TrimEnd()));
        Assert.Equal([], wrong.Select(r => $"{r.Path}: {r.Outcome} {r.Message}"));
    }

    /// <summary>Both phases must number the tests alike, or results would go to the wrong test.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Discovery_finds_the_tests_that_the_run_reports(string engine)
    {
        using var file = PesterFile.Stored("Holds.ps1");
        var found = Engine(engine).Discover(file.Path).Tests;
        var ran = Engine(engine).Run(file.Path).Results.ToDictionary(r => r.Index);
        Assert.Equal(ran.Count, found.Count);
        // Names that use variables of the run stay as templates at discovery.
        Assert.Equal([], found.Where(t => !t.Path.Contains('<') && ran[t.Index].Path != t.Path).Select(t => t.Path));
        Assert.Contains(found, t => t.Path == "block 2+2.gives 4");
        Assert.Contains(found, t => t.Path == "cases.late name <late>");
    }

    /// <summary>Broken and empty files fail in every engine and say why.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Files_without_tests_fail(string engine)
    {
        foreach (var (text, message) in new[]
        {
            ("Describe 'x' { It 'a' {", "Missing closing '}'"), ("throw 'top broke'", "top broke"), ("", "no test"), ("Describe 'x' { }", "no test"),
        })
        {
            using var file = new PesterFile(text);
            Assert.Contains(message, Engine(engine).Discover(file.Path).Error);
            Assert.Contains(message, Engine(engine).Run(file.Path).Error);
        }
    }

    /// <summary>A BeforeAll of the file itself fails every test, skipped ones included.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void A_failing_set_up_of_the_file_fails_its_tests(string engine)
    {
        using var file = new PesterFile("BeforeAll { throw 'file broke' }; Describe 'x' { It 'a' { 1 | Should -Be 1 }; It 'b' -Skip { throw 'ran' } }");
        var results = Engine(engine).Run(file.Path).Results;
        Assert.Equal([TestOutcome.Failed, TestOutcome.Failed], results.OrderBy(r => r.Index).Select(r => r.Outcome));
        Assert.Contains("file broke", results.First(r => r.Index == 0).Message);
    }

    /// <summary>The test that hangs is named, and the engine works on after it.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void A_hung_test_is_stopped_and_named(string name)
    {
        var patience = TimeSpan.FromSeconds(10);
        var engine = name == "pwsh" ? PwshEngine.TryCreate(TestFiles.RepositoryRoot, patience, out _)! : (ITestEngine)new EmbeddedEngine(TestFiles.RepositoryRoot, patience);
        using var process = engine as IDisposable;
        using var hung = new PesterFile("Describe 'd' { It 'a' { 1 | Should -Be 1 }; It 'b' { while ($true) { } }; It 'c' { } }");
        var report = engine.Run(hung.Path);
        Assert.Contains("'d.b'", report.Error ?? report.Results.Single(r => r.Index == 1).Message);
        if (name == "embedded")
        {
            // Here also the tests before it keep their results, and those after it say why they have none.
            Assert.Null(report.Error);
            Assert.Equal([TestOutcome.Passed, TestOutcome.Failed, TestOutcome.Failed], report.Results.OrderBy(r => r.Index).Select(r => r.Outcome));
            Assert.Contains("because 'd.b' did not end", report.Results.Single(r => r.Index == 2).Message);
        }
        using var fine = new PesterFile("Describe 'd' { It 'a' { 1 | Should -Be 1 } }");
        Assert.Equal(TestOutcome.Passed, Assert.Single(engine.Run(fine.Path).Results).Outcome);
    }

    [GeneratedRegex(@"^(assertions|errors|set-up\.\w+(\.deeper)?)\.")]
    private static partial Regex Blocks();

    private static ITestEngine Engine(string name) =>
        name == "pwsh" ? TestFiles.Engine : new EmbeddedEngine(TestFiles.RepositoryRoot, TimeSpan.FromSeconds(60));
}
