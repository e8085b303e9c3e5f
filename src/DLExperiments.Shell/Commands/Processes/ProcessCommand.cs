using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Processes;

/// <summary>Base of the process commands: finds processes by name or id and reports those that are not there.</summary>
public abstract class ProcessCommand : PSCmdlet
{
    private protected List<Process> ById(IEnumerable<int> ids)
    {
        var found = new List<Process>();
        foreach (var id in ids)
        {
            try
            {
                found.Add(Process.GetProcessById(id));
            }
            catch (ArgumentException)
            {
                Report($"Cannot find a process with the process identifier {id}.", "NoProcessFoundForGivenId", id);
            }
        }
        return found;
    }

    private protected List<Process> ByName(IEnumerable<string> names)
    {
        var all = Process.GetProcesses();
        var found = new Dictionary<int, Process>();
        foreach (var name in names)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var matches = all.Where(process => pattern.IsMatch(NameOf(process))).ToArray();
            foreach (var match in matches) found.TryAdd(match.Id, match);
            if (matches.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                Report($"Cannot find a process with the name \"{name}\". Verify the process name and call the cmdlet again.", "NoProcessFoundForGivenName", name);
        }
        return [.. found.Values.OrderBy(NameOf, StringComparer.OrdinalIgnoreCase).ThenBy(process => process.Id)];
    }

    private protected void Report(string message, string id, object target, ErrorCategory category = ErrorCategory.ObjectNotFound) =>
        WriteError(new ErrorRecord(new InvalidOperationException(message), id, category, target));

    private protected static string NameOf(Process process)
    {
        try
        {
            return process.ProcessName;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended since it was listed.
            return "";
        }
    }

    private protected static bool HasEnded(Process process)
    {
        try
        {
            return process.HasExited;
        }
        catch (Win32Exception)
        {
            // Another user's process: it cannot be asked, but it was there.
            return false;
        }
    }
}
