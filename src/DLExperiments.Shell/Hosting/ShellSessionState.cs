using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DLExperiments.Shell.Commands;

namespace DLExperiments.Shell.Hosting;

/// <summary>The session that scripts find in <c>dlx</c>: the engine's own commands, the stock commands of this shell, the module on the path.</summary>
public static class ShellSessionState
{
    private const string ModulePathVariable = "PSModulePath";

    /// <summary>
    /// Creates the state. It also puts the module's folder first in this process's PSModulePath, for the engine has no other place from
    /// which it imports modules by name.
    /// </summary>
    /// <returns>A new state, the caller's to change.</returns>
    public static InitialSessionState Create()
    {
        PutModuleOnPath();
        var state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.ReuseThread;
        state.Commands.Remove("Clear-Host", typeof(SessionStateFunctionEntry));
        // The engine's own asks a program `clear`, which a bare container lacks.
        state.Commands.Add(EngineAccess.LateFunction("Clear-Host", "if (-not [Console]::IsOutputRedirected) { [Console]::Clear() }"));
        // It starts a pwsh that must lie beside the engine, where none ever is: better to say so as of any command that is not carried.
        state.Commands.Remove("Start-Job", typeof(SessionStateCmdletEntry));
        StockCommands.AddTo(state);
        return state;
    }

    private static void PutModuleOnPath()
    {
        // Expanded first: the engine would put the user's folders, if they are not yet named, before ours.
        var known = ModuleIntrinsics.GetModulePath(Environment.GetEnvironmentVariable(ModulePathVariable), null, null) ?? "";
        var folders = known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (ModuleRoot.Find() is { } root)
            folders = [root, .. folders.Where(f => f != root)];
        Environment.SetEnvironmentVariable(ModulePathVariable, string.Join(Path.PathSeparator, folders));
    }
}
