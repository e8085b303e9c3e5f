using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace DLExperiments.Shell.Commands;

/// <summary>
/// The stock commands of PowerShell that the engine's package lacks (in pwsh they come with
/// Microsoft.PowerShell.Utility and Microsoft.PowerShell.Management): every class of this assembly that bears a
/// <see cref="CmdletAttribute"/>, under the documented name.
/// </summary>
public static class StockCommands
{
    // Of objects, not of pairs: code for lists of values would be compiled at every start.
    private static readonly Lazy<IReadOnlyList<StockCommand>> Found = new(() =>
        typeof(StockCommands).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(Cmdlet).IsAssignableFrom(type))
            .Select(type => type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet ? new StockCommand($"{cmdlet.VerbName}-{cmdlet.NounName}", type) : null)
            .OfType<StockCommand>()
            .OrderBy(command => command.Name, StringComparer.Ordinal)
            .ToArray());

    /// <summary>
    /// Adds the stock commands to a session. The engine's default state already has pwsh's alias table of the running
    /// platform (on Linux and macOS without those that would hide native commands); the aliases whose command is
    /// neither in the state nor native are taken out, so that using one says plainly what is missing.
    /// </summary>
    /// <param name="state">A state made by <see cref="InitialSessionState.CreateDefault2"/>.</param>
    public static void AddTo(InitialSessionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var utility = EngineAccess.Origin("Microsoft.PowerShell.Utility");
        var management = EngineAccess.Origin("Microsoft.PowerShell.Management");
        foreach (var (name, type) in FindCmdlets())
        {
            var entry = new SessionStateCmdletEntry(name, type, helpFileName: null);
            EngineAccess.OriginSetter(entry, IsManagement(type) ? management : utility);
            state.Commands.Add(entry);
        }

        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "mkdir" };
        foreach (var entry in state.Commands)
            if (entry is not SessionStateAliasEntry)
                known.Add(entry.Name);
        foreach (var alias in state.Commands.OfType<SessionStateAliasEntry>().ToArray())
            if (!known.Contains(alias.Definition))
                state.Commands.Remove(alias.Name, typeof(SessionStateAliasEntry));
    }

    // Scripts may name a command with its module: Microsoft.PowerShell.Management\Get-Item.
    internal static bool IsManagement(Type type) =>
        type.Namespace?.Split('.')[^1] is "Content" or "Drives" or "Items" or "Paths" or "Processes" or "Properties" || type.Name == "GetTimeZoneCommand";

    /// <summary>The names and classes of the stock commands, sorted by name.</summary>
    public static IReadOnlyList<StockCommand> FindCmdlets() => Found.Value;
}
