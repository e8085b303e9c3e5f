using DLExperiments.Module.Tests.Pester.Engines;
using DLExperiments.Module.Tests.Pester.Reporting;
using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace DLExperiments.Module.Tests;

/// <summary>The Pester files of tests/Module.</summary>
public sealed class ModuleTests(ITestOutputHelper output)
{
    /// <summary>Stands for every It; the test cases run the files themselves and never call this method.</summary>
    [PesterFact]
    public void Files() => Assert.Fail("Pester tests report their own results.");

    /// <summary>Without a file the run would be green and mean nothing.</summary>
    [Fact]
    public void There_are_files_and_an_engine_to_run_them()
    {
        output.WriteLine($"Pester files run in {TestFiles.Engine.Description}.");
        Assert.NotEmpty(TestFiles.Names());
    }
}
