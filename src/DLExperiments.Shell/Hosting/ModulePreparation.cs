using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using DLExperiments.Shell.Commands;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// Knows the module's commands from its manifest. A script that names some has the module loaded on another thread while the engine opens,
/// and the first of them imports it, without the search of all modules and of the PATH by which the engine would find it, too.
/// </summary>
public sealed class ModulePreparation
{
    private const string Module = "DLExperiments", ExportKey = "CmdletsToExport", Preference = "PSModuleAutoLoadingPreference";

    private readonly string manifest;
    private readonly HashSet<string> commands;
    private bool asked;

    private ModulePreparation(string manifest, HashSet<string> commands) => (this.manifest, this.commands) = (manifest, commands);

    /// <summary>Reads the manifest of the module that scripts of this program find.</summary>
    /// <returns>What it says, or <see langword="null"/> if there is none.</returns>
    public static ModulePreparation? Find()
    {
        if (ModuleRoot.Find() is not { } root)
            return null;
        var manifest = Path.Combine(root, Module, Module + ".psd1");
        if (!File.Exists(manifest))
            return null;
        var text = File.ReadAllText(manifest);
        var start = text.IndexOf(ExportKey, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(')', start);
        var quoted = end < 0 ? [] : text[start..end].Split('\'').Where((_, i) => i % 2 == 1);
        return new ModulePreparation(manifest, quoted.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// What a script will need of the module: that it is loaded and the commands are ready. Nothing if the script names none of its commands, or if it
    /// may take the module from another folder: a process can have only one.
    /// </summary>
    /// <param name="script">The script's text.</param>
    /// <returns>The work, for another thread; or <see langword="null"/>.</returns>
    public Action? Needed(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        if (MayTakeAnother(script))
            return null;
        var words = Words(script);
        return words.Overlaps(commands) ? () => Load(words) : null;
    }

    /// <summary>Makes the first use of one of the module's commands import it, as long as scripts let modules be imported so.</summary>
    /// <param name="runspace">The opened session.</param>
    /// <param name="command">The name that the engine looks up.</param>
    public void Look(Runspace runspace, string command)
    {
        if (asked || !commands.Contains(command))
            return;
        asked = true;
        var context = EngineAccess.Get(runspace, "ExecutionContext")!;
        var variables = ((EngineIntrinsics)EngineAccess.Get(context, "EngineIntrinsics")!).SessionState.PSVariable;
        if (variables.GetValue(Preference) is { } preference && preference.ToString() != nameof(PSModuleAutoLoadingPreference.All) || IsImported(context))
            return;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        // As the engine imports by itself; if it fails, the engine's own search follows and reports.
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("Scope", "Global").AddParameter("ErrorAction", ActionPreference.Ignore)
            .AddParameter("WarningAction", ActionPreference.Ignore).AddParameter("Verbose", false).AddParameter("Debug", false);
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException)
        {
            // Reported by the search that follows.
        }
    }

    private static bool IsImported(object context)
    {
        var modules = EngineAccess.Get(context, "Modules")!;
        return ((Dictionary<string, PSModuleInfo>)EngineAccess.Get(modules, "ModuleTable")!).Values.Any(m => m.Name == Module);
    }

    private static bool MayTakeAnother(string script)
    {
        if (script.Contains("PSModulePath", StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (var importer in (string[])["Import-Module", "ipmo", "using module"])
        {
            for (int at = 0; (at = script.IndexOf(importer, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += importer.Length)
            {
                var argument = script.AsSpan(at + importer.Length).TrimStart();
                if (!argument.StartsWith(Module, StringComparison.OrdinalIgnoreCase) || (argument.Length > Module.Length && argument[Module.Length] is not (' ' or ';' or '\r' or '\n')))
                    return true;
            }
        }
        return false;
    }

    private static HashSet<string> Words(string script)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int from = 0, at = 0; at <= script.Length; at++)
        {
            if (at < script.Length && (char.IsAsciiLetterOrDigit(script[at]) || script[at] == '-'))
                continue;
            if (at > from)
                words.Add(script[from..at]);
            from = at + 1;
        }
        return words;
    }

    private void Load(HashSet<string> words)
    {
        try
        {
            var loader = Assembly.LoadFrom(Path.Combine(Path.GetDirectoryName(manifest)!, "lib", "DLExperiments.Loader.dll"));
            loader.GetType("DLExperiments.Loader.ModuleImport", throwOnError: true)!.GetMethod("Prepare")!.Invoke(null, [words]);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or TargetInvocationException)
        {
            // The script's import meets the same, on the thread that can report it.
        }
    }
}
