using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// The things that a shell must tell the engine and that only the engine's own parts may say: there is no public way. The engine's version is
/// pinned; with another one that lacks them, each fails with a clear message.
/// </summary>
public static class EngineInternals
{
    private const string Rehearsed = "$rows = Get-Item x | Select-Object -First 3; \"$($rows.Name)\"";

    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>
    /// Lets <c>exit</c> of the next script reach the host. A script that is run as a command keeps its <c>exit</c> to itself, as a called
    /// script must; without this, <c>exit 3</c> of the main script could not be told from a program in it that returned 3.
    /// </summary>
    /// <param name="runspace">The session in which the script will be the next command.</param>
    /// <exception cref="MissingMemberException">The engine is another version than the one this program was built with.</exception>
    public static void PassExitOn(Runspace runspace)
    {
        ArgumentNullException.ThrowIfNull(runspace);
        var context = Find(typeof(Runspace), "ExecutionContext").GetValue(runspace)
            ?? throw new InvalidOperationException("The session is not open.");
        Find(context.GetType(), "ScriptCommandProcessorShouldRethrowExit").SetValue(context, true);
    }

    /// <summary>Marks an error record as one to be shown on the error stream; without it, it would be shown as a result.</summary>
    /// <param name="record">The error.</param>
    /// <returns>What to send to <c>Out-Default</c>.</returns>
    /// <exception cref="MissingMemberException">The engine is another version than the one this program was built with.</exception>
    public static PSObject AsShownError(ErrorRecord record)
    {
        var wrapped = new PSObject(record);
        var stream = Find(typeof(PSObject), "WriteStream");
        stream.SetValue(wrapped, Enum.Parse(stream.PropertyType, "Error"));
        return wrapped;
    }

    /// <summary>Fixes the full id of an error, to which the engine would add the name of the command that throws it.</summary>
    /// <param name="record">The error.</param>
    /// <param name="id">Its <c>FullyQualifiedErrorId</c>.</param>
    /// <exception cref="MissingMemberException">The engine is another version than the one this program was built with.</exception>
    public static void FixFullId(ErrorRecord record, string id)
    {
        const string name = "_serializedFullyQualifiedErrorId";
        var field = typeof(ErrorRecord).GetField(name, Hidden) ?? throw new MissingMemberException(nameof(ErrorRecord), name);
        field.SetValue(record, id);
    }

    /// <summary>
    /// Has the engine read its cache of what modules export. Where there is none yet it looks three times and sleeps in between, in case that another process is
    /// about to write it: a tenth of a second that the first import would wait for.
    /// </summary>
    public static void ReadModuleCache()
    {
        if (typeof(PSObject).Assembly.GetType("System.Management.Automation.AnalysisCache") is { } cache)
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(cache.TypeHandle);
    }

    /// <summary>Has the engine read the machine's and the user's settings, which every host asks about transcripts.</summary>
    public static void ReadPolicies()
    {
        if (typeof(PSHostUserInterface).GetField("s_transcriptionSettingCache", Hidden | BindingFlags.Static)?.GetValue(null) is { } cache)
            cache.GetType().GetProperty("Value")?.GetValue(cache);
    }

    /// <summary>Has the engine build what all runspaces share.</summary>
    public static void ReadyRunspaces()
    {
        if (typeof(PSObject).Assembly.GetType("System.Management.Automation.Runspaces.RunspaceBase") is { } runspaces)
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(runspaces.TypeHandle);
    }

    /// <summary>
    /// Compiles a script that is never run, so that parser and compiler are loaded when the first script comes. It is not the script to come:
    /// compiling that one may define types and load modules.
    /// </summary>
    public static void RehearseScript() =>
        typeof(ScriptBlock).GetMethod("Compile", Hidden, [typeof(bool)])?.Invoke(ScriptBlock.Create(Rehearsed), [false]);

    /// <summary>Has the engine read the parameters of commands of its own: those of the output of every script, and of an import.</summary>
    public static void ReadyCommands()
    {
        foreach (var command in (Type[])[typeof(OutDefaultCommand), typeof(ImportModuleCommand)])
            _ = new CommandMetadata(command);
    }

    private static PropertyInfo Find(Type type, string name) =>
        type.GetProperty(name, Hidden)
        ?? throw new MissingMemberException($"The engine beside dlx has no {type.Name}.{name}: it is not the version that dlx was built with.");
}
