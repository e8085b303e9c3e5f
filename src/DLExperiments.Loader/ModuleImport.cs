using System.Management.Automation;
using System.Reflection;

namespace DLExperiments.Loader;

/// <summary>
/// What the module's script does at import, compiled: a statement of a script that calls .NET costs the engine milliseconds when it runs
/// for the first time, and an import runs each of them once.
/// </summary>
public static class ModuleImport
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>Loads the cmdlets into their private load context and begins, on another processor, what the import will need next.</summary>
    /// <param name="moduleFolder">The folder of the module's manifest.</param>
    /// <returns>The assembly of the cmdlets, or null when it has not been built.</returns>
    public static Assembly? Load(string moduleFolder)
    {
        if (!File.Exists(Path.Combine(moduleFolder, "lib", "DLExperiments.dll"))) return null;
        Assembly assembly = ModuleLoadContext.LoadModule();
        if (Environment.ProcessorCount > 1) ThreadPool.UnsafeQueueUserWorkItem(_ => Call(assembly, "Prepare"), null);
        return assembly;
    }

    /// <summary>Whether this process took the module from another folder, which then stays in use.</summary>
    /// <param name="moduleFolder">The folder of the manifest that is imported now.</param>
    public static bool IsElsewhere(string moduleFolder) =>
        Path.GetFullPath(Path.Combine(moduleFolder, "lib")) != Path.GetDirectoryName(typeof(ModuleImport).Assembly.Location);

    /// <summary>Exports the cmdlets from the module and makes its types known to scripts.</summary>
    /// <param name="context">The <c>$ExecutionContext</c> of the module.</param>
    /// <param name="inner">The module that the engine made of the assembly.</param>
    /// <param name="onRemove">Run when the module is removed; it calls <see cref="Unregister"/>.</param>
    public static void Finish(EngineIntrinsics context, PSModuleInfo inner, ScriptBlock onRemove)
    {
        // An assembly that is imported for the second time exports nothing from the module around it: the engine takes
        // its cmdlets for those of the first import. They are added by hand (PowerShell issue 20710).
        PSModuleInfo module = context.SessionState.Module;
        MethodInfo add = typeof(PSModuleInfo).GetMethod("AddExportedCmdlet", Hidden)
            ?? throw new MissingMethodException(nameof(PSModuleInfo), "AddExportedCmdlet");
        foreach (CmdletInfo cmdlet in inner.ExportedCmdlets.Values) add.Invoke(module, [cmdlet]);
        Call(ModuleLoadContext.LoadModule(), "Register");
        module.OnRemove = onRemove;
    }

    /// <summary>Makes scripts forget the types again.</summary>
    public static void Unregister() => Call(ModuleLoadContext.LoadModule(), "Unregister");

    /// <summary>
    /// For a host that knows what its script will ask for: loads the module on the calling thread and readies commands, so that an import that
    /// happens meanwhile on another thread finds the work done. It changes nothing that a script could see.
    /// </summary>
    /// <param name="words">The words of the script.</param>
    public static void Prepare(IReadOnlyCollection<string> words)
    {
        Assembly assembly = ModuleLoadContext.LoadModule();
        Call(assembly, "Prepare");
        assembly.GetType("DLExperiments.Commands.CommandPreparation", throwOnError: true)!.GetMethod("Prepare")!.Invoke(null, [words]);
    }

    private static void Call(Assembly assembly, string method) =>
        assembly.GetType("DLExperiments.Types.ScriptTypes", throwOnError: true)!.GetMethod(method)!.Invoke(null, null);
}
