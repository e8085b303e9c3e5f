namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>A failed assertion.</summary>
public sealed class AssertionFailedException(string message) : Exception(message);
