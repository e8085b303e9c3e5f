namespace DLExperiments.Module.Tests.Shell;

/// <summary>How a run of <c>dlx</c> ended and what it wrote.</summary>
public sealed record DlxResult(int ExitCode, string Output, string Error);
