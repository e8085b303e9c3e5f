using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Base of the event commands: matching by name pattern, and reporting names and ids that match nothing.</summary>
public abstract class EventCommand : PSCmdlet
{
    private protected static bool Matches(string? pattern, string? name) =>
        pattern is null || WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name ?? "");

    private protected void ReportMissing(string what, object target, string id)
    {
        if (target is string name && WildcardPattern.ContainsWildcardCharacters(name)) return;
        var error = new ArgumentException($"No {what} '{target}' exists.");
        WriteError(new ErrorRecord(error, id, ErrorCategory.InvalidArgument, null));
    }
}
