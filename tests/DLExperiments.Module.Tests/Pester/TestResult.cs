namespace DLExperiments.Module.Tests.Pester;

internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What became of one test.</summary>
/// <param name="Index">Position among the tests of the file, from 0.</param>
/// <param name="Path">Names of the blocks and of the test, joined by points, templates filled in.</param>
/// <param name="Outcome">Passed, failed or skipped (an inconclusive test is reported as skipped, with its reason).</param>
/// <param name="Message">Why it failed or was skipped.</param>
/// <param name="Location">Where it failed: line and file.</param>
/// <param name="Seconds">Duration with BeforeEach and AfterEach.</param>
/// <param name="Output">What the test wrote to the host and to the error and warning streams.</param>
internal sealed record TestResult(
    int Index, string Path, TestOutcome Outcome, string Message = "", string Location = "", double Seconds = 0, string Output = "");

/// <summary>A test found by discovery.</summary>
internal sealed record DiscoveredTest(int Index, string Path);

/// <summary>What a file gave: its tests and results, or the reason why it has none.</summary>
internal sealed record FileReport(IReadOnlyList<DiscoveredTest> Tests, IReadOnlyList<TestResult> Results, string? Error)
{
    public static FileReport Broken(string error) => new([], [], error);
}
