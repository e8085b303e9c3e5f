using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace DLExperiments.HelpBuilder;

/// <summary>
/// The built cmdlets, seen through the engine itself: parameter sets, positions, aliases and pipeline input are what binding uses,
/// not another reading of the attributes.
/// </summary>
public sealed class CmdletAssembly : IDisposable
{
    private readonly Runspace runspace;
    private readonly SortedDictionary<string, Type> types = new(StringComparer.Ordinal);

    /// <summary>Loads the cmdlets the way the module does.</summary>
    /// <param name="folder">The module's folder of assemblies.</param>
    public CmdletAssembly(string folder)
    {
        // The loader looks beside itself; its private context keeps the module's dependencies apart from this program's.
        Assembly loader = Assembly.LoadFrom(Path.GetFullPath(Path.Combine(folder, "DLExperiments.Loader.dll")));
        var module = (Assembly)loader.GetType("DLExperiments.Loader.ModuleLoadContext", throwOnError: true)!.GetMethod("LoadModule")!.Invoke(null, null)!;
        InitialSessionState session = InitialSessionState.Create();
        foreach (Type type in module.GetExportedTypes())
        {
            if (type.IsAbstract || type.GetCustomAttribute<CmdletAttribute>() is not { } cmdlet) continue;
            string name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
            types.Add(name, type);
            session.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }
        runspace = RunspaceFactory.CreateRunspace(session);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
    }

    /// <summary>The names of the cmdlets in order.</summary>
    public IReadOnlyCollection<string> Names => types.Keys;

    /// <summary>The class of a cmdlet.</summary>
    /// <param name="name">The cmdlet's name.</param>
    public Type TypeOf(string name) => types[name];

    /// <summary>What the engine knows of a cmdlet.</summary>
    /// <param name="name">The cmdlet's name.</param>
    public CmdletInfo Info(string name) => (CmdletInfo)runspace.SessionStateProxy.InvokeCommand.GetCommand(name, CommandTypes.Cmdlet);

    /// <summary>The cmdlet that lists what a completer offers (Get-LayerType for layers), or null.</summary>
    /// <param name="completer">The type of the completer.</param>
    public string? ListerOf(Type completer) =>
        types.Where(t => t.Key.StartsWith("Get-", StringComparison.Ordinal) && CatalogueCompleter(t.Value.GetProperty("Name")) == completer).Select(t => t.Key).FirstOrDefault();

    /// <summary>The type that completes a parameter's values from a catalogue, or null.</summary>
    /// <param name="parameter">The parameter's property.</param>
    public static Type? CatalogueCompleter(PropertyInfo? parameter) =>
        parameter?.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type is { IsGenericType: true } type && type.Name.StartsWith("CatalogueCompleter", StringComparison.Ordinal)
            ? type : null;

    /// <summary>The entries of a completer's catalogue.</summary>
    /// <param name="completer">What <see cref="CatalogueCompleter"/> gave.</param>
    public static IReadOnlyList<CatalogueItem> Entries(Type completer)
    {
        Type wanted = completer.GetGenericArguments()[0];
        dynamic catalogue = wanted.Assembly.GetType("DLExperiments.Catalogues.CatalogueIndex", throwOnError: true)!
            .GetMethod("HeadOf", [typeof(Type)])!.Invoke(null, [wanted])!;
        var items = new List<CatalogueItem>();
        foreach (dynamic entry in catalogue.Entries)
        {
            if (!wanted.IsAssignableFrom((Type)entry.Type)) continue;
            var settings = new List<CatalogueSetting>();
            foreach (dynamic p in entry.Parameters)
                settings.Add(new CatalogueSetting((string)p.Name, (Type)p.Type, (bool)p.IsMandatory, (object?)p.DefaultValue, (string)p.Description));
            items.Add(new CatalogueItem((string)entry.Name, (string)entry.Description, settings));
        }
        return items;
    }

    /// <inheritdoc/>
    public void Dispose() => runspace.Dispose();
}
