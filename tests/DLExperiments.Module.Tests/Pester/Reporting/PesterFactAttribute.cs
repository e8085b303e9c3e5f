using Xunit.Sdk;

namespace DLExperiments.Module.Tests.Pester.Reporting;

/// <summary>Marks the method that stands for all Pester files: each It of theirs becomes a test case of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("DLExperiments.Module.Tests.Pester.Reporting.PesterTestDiscoverer", "DLExperiments.Module.Tests")]
public sealed class PesterFactAttribute : FactAttribute;
