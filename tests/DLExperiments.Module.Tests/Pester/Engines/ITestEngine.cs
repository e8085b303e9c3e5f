namespace DLExperiments.Module.Tests.Pester.Engines;

/// <summary>Where the files run: the embedded engine of this process, or a real pwsh with Pester.</summary>
internal interface ITestEngine
{
    string Description { get; }

    /// <summary>Finds the tests of a file without running them.</summary>
    FileReport Discover(string file);

    /// <summary>Runs a file; a test without a result is one that did not finish.</summary>
    FileReport Run(string file);
}
