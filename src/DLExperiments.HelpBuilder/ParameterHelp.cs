using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace DLExperiments.HelpBuilder;

/// <summary>What there is to say of the parameters of one cmdlet.</summary>
/// <param name="cmdlets">All cmdlets.</param>
/// <param name="docs">The documentation of their classes.</param>
/// <param name="type">The class of this one.</param>
public sealed class ParameterHelp(CmdletAssembly cmdlets, XmlDocs docs, Type type)
{
    private readonly object instance = Activator.CreateInstance(type)!;

    /// <summary>The parameters of a set that are the cmdlet's own or come with ShouldProcess: by position, then by name as declared.</summary>
    /// <param name="set">The parameter set.</param>
    public IEnumerable<CommandParameterInfo> Own(CommandParameterSetInfo set) =>
        set.Parameters.Where(p => !System.Management.Automation.Cmdlet.CommonParameters.Contains(p.Name) && (IsShouldProcess(p) || type.GetProperty(p.Name) is not null))
            .OrderBy(p => p.Position < 0 ? int.MaxValue : p.Position).ThenBy(IsShouldProcess).ThenBy(p => p.IsMandatory ? 0 : 1);

    /// <summary>The parameters of all sets, each once.</summary>
    /// <param name="info">The cmdlet.</param>
    public IReadOnlyList<CommandParameterInfo> All(CmdletInfo info) => [.. info.ParameterSets.SelectMany(Own).DistinctBy(p => p.Name)];

    /// <summary>The description of a parameter; the names it takes follow when they come from a catalogue.</summary>
    /// <param name="parameter">The parameter.</param>
    public IReadOnlyList<string> Describe(CommandParameterInfo parameter)
    {
        if (parameter.Name == "WhatIf") return ["Shows what would be written or changed, and does nothing."];
        if (parameter.Name == "Confirm") return ["Asks before anything is written or changed."];
        PropertyInfo property = type.GetProperty(parameter.Name)!;
        var paragraphs = new List<string>(docs.Summary(property));
        if (CmdletAssembly.CatalogueCompleter(property) is { } completer)
        {
            string names = string.Join(", ", CmdletAssembly.Entries(completer).Select(e => e.Name));
            string? lister = cmdlets.ListerOf(completer);
            paragraphs.Add($"Names: {names}." + (lister is null || lister == NameOf() ? "" : $" {lister} describes them and their settings."));
        }
        else if (PlainType(property.PropertyType) is { IsEnum: true } values)
        {
            foreach (FieldInfo value in values.GetFields(BindingFlags.Public | BindingFlags.Static))
                paragraphs.Add($"- {value.Name}: {docs.Summary(values, value.Name)}");
        }
        return paragraphs;
    }

    /// <summary>The default of a parameter as text: what a new instance of the class holds.</summary>
    /// <param name="parameter">The parameter.</param>
    public string DefaultOf(CommandParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(SwitchParameter)) return "False";
        return parameter.IsMandatory || type.GetProperty(parameter.Name) is not { } property ? "None" : Text(property.GetValue(instance));
    }

    /// <summary>Catalogue entries with their settings, for the notes: those that no other cmdlet lists.</summary>
    public List<string> Settings()
    {
        var notes = new List<string>();
        foreach (PropertyInfo property in type.GetProperties())
        {
            if (CmdletAssembly.CatalogueCompleter(property) is not { } completer || cmdlets.ListerOf(completer) is not null) continue;
            IReadOnlyList<CatalogueItem> entries = CmdletAssembly.Entries(completer);
            if (entries.All(e => e.Settings.Count == 0)) continue;
            // Where a name alone is taken, its settings are parameters of the cmdlet; else they are keys of the hashtable.
            bool areParameters = property.PropertyType == typeof(string);
            notes.Add($"What -{property.Name} names, with its {(areParameters ? "parameters" : "settings, as keys of a hashtable")}:");
            foreach (CatalogueItem entry in entries)
            {
                notes.Add($"{entry.Name}: {entry.Description}");
                foreach (CatalogueSetting setting in entry.Settings)
                {
                    string fallback = setting.IsMandatory ? " It must be given." : setting.DefaultValue is null ? "" : $" Default: {Text(setting.DefaultValue)}.";
                    notes.Add($"{(areParameters ? "-" : "")}{setting.Name} <{ShortName(PlainType(setting.Type))}>: {setting.Description}{fallback}");
                }
            }
        }
        return notes;
    }

    /// <summary>The type without Nullable.</summary>
    /// <param name="type">A type.</param>
    public static Type PlainType(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The name of a type as help shows it: Double[], not System.Nullable`1.</summary>
    /// <param name="type">A type.</param>
    public static string ShortName(Type type) => type.Name;

    private string NameOf() => cmdlets.Names.First(n => cmdlets.TypeOf(n) == type);

    private static bool IsShouldProcess(CommandParameterInfo parameter) => parameter.Name is "WhatIf" or "Confirm";

    private static string Text(object? value) => value switch
    {
        null or "" => "None",
        string text => text,
        ICollection { Count: 0 } => "None",
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "None",
    };
}
