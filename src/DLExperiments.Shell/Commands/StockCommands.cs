using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace DLExperiments.Shell.Commands;

/// <summary>Adds to a session every command that this assembly carries.</summary>
public static class StockCommands
{
    /// <summary>Registers each cmdlet class of this assembly in <paramref name="state"/>.</summary>
    /// <param name="state">The session state to fill.</param>
    public static void AddTo(InitialSessionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var type in typeof(StockCommands).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
        }
    }
}
