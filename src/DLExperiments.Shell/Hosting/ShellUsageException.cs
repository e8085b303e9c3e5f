namespace DLExperiments.Shell.Hosting;

/// <summary>The command line cannot be understood; the message says why.</summary>
/// <param name="message">What is wrong and what would be right.</param>
public sealed class ShellUsageException(string message) : Exception(message);
