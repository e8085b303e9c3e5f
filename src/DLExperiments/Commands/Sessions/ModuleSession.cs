using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace DLExperiments.Commands.Sessions;

/// <summary>Sessions of their own in which this module's cmdlets are, for trials of sweeps and for jobs.</summary>
internal static class ModuleSession
{
    /// <summary>The commands that the session of this thread began with, without what was loaded since.</summary>
    internal static InitialSessionState Commands => Runspace.DefaultRunspace?.InitialSessionState ?? InitialSessionState.CreateDefault2();

    /// <summary>Such a state with this module's cmdlets, without its manifest and formats: they are there at once, and a script that imports the module finds it as always.</summary>
    internal static InitialSessionState With(InitialSessionState commands)
    {
        InitialSessionState state = commands.Clone();
        foreach (Type type in typeof(ModuleSession).Assembly.GetTypes())
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet) state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
        // Without these, a product of tensors that do not fit would end the process.
        string types = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(ModuleSession).Assembly.Location)!, "..", "types", "Tensors.types.ps1xml"));
        if (File.Exists(types) && !state.Types.Any(t => t.FileName is { } known && Path.GetFullPath(known) == types)) state.Types.Add(new SessionStateTypeEntry(types));
        return state;
    }

    /// <summary>Opens a session that runs on the calling thread.</summary>
    /// <param name="state">What it has.</param>
    /// <param name="location">The folder that it is in.</param>
    /// <param name="host">Its host; one that shows nothing by default.</param>
    internal static Runspace Open(InitialSessionState state, string location, PSHost? host = null)
    {
        Runspace runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(location));
        return runspace;
    }
}
