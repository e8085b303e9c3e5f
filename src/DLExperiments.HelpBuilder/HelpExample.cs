namespace DLExperiments.HelpBuilder;

/// <summary>An example of a help page.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Code">PowerShell, runnable as it stands.</param>
/// <param name="Remarks">What it shows, a string a paragraph.</param>
public sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);
