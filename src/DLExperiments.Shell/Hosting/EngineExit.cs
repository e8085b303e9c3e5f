using System.Management.Automation.Runspaces;
using System.Reflection;

namespace DLExperiments.Shell.Hosting;

/// <summary>Lets <c>exit</c> of the next script reach the host.</summary>
public static class EngineExit
{
    /// <summary>
    /// A script that is run as a command keeps its <c>exit</c> to itself, as a called script must; only for a shell's main script the engine
    /// can pass it on, by a switch that it shares with pwsh alone. There is no public way to tell <c>exit 3</c> from a program that returned 3.
    /// </summary>
    /// <param name="runspace">The session in which the script will be the next command.</param>
    /// <exception cref="MissingMemberException">The engine is another version than the one this program was built with.</exception>
    public static void PassOn(Runspace runspace)
    {
        ArgumentNullException.ThrowIfNull(runspace);
        const BindingFlags hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var context = typeof(Runspace).GetProperty("ExecutionContext", hidden)?.GetValue(runspace);
        var rethrow = context?.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", hidden);
        if (rethrow is null)
            throw new MissingMemberException("The engine beside dlx has no switch that passes 'exit' on: it is not the version that dlx was built with.");
        rethrow.SetValue(context, true);
    }
}
