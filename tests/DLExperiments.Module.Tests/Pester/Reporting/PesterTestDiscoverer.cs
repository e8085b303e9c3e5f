using DLExperiments.Module.Tests.Pester.Engines;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DLExperiments.Module.Tests.Pester.Reporting;

/// <summary>Makes one test case of each It; a file that cannot be discovered becomes one test case, which fails with the reason.</summary>
public sealed class PesterTestDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        foreach (var file in TestFiles.Names())
        {
            var report = TestFiles.Discovered(file);
            if (report.Error is not null)
                yield return new PesterTestCase(diagnostics, testMethod, file, -1, "(the whole file)");
            else
                foreach (var test in report.Tests)
                    yield return new PesterTestCase(diagnostics, testMethod, file, test.Index, test.Path);
        }
    }
}
