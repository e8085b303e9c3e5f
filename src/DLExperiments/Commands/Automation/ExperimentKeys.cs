using System.Collections;
using System.Management.Automation;
using System.Reflection;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Automation;

/// <summary>The keys that a section of an experiment's file may have: the parameters of the cmdlet that carries it out.</summary>
internal static class ExperimentKeys
{
    /// <summary>What the message of a wrong file begins with.</summary>
    internal const string Prefix = "This is not an experiment that can be run: ";

    /// <summary>The parameters that a cmdlet declares, with their other names.</summary>
    /// <param name="cmdlet">The cmdlet's class.</param>
    /// <param name="except">Those that the run sets itself, or that have no place in a file.</param>
    internal static IEnumerable<string> Of(Type cmdlet, params string[] except) => cmdlet.GetProperties()
        .Where(p => p.IsDefined(typeof(ParameterAttribute)) && !except.Contains(p.Name))
        .SelectMany(p => (p.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(p.Name)).Where(n => n != "PSPath");

    /// <summary>The settings of entries of a catalogue.</summary>
    internal static IEnumerable<string> Of(params IEnumerable<CatalogueEntry>[] entries) => entries.SelectMany(e => e).SelectMany(e => e.Parameters).Select(p => p.Name).Distinct();

    /// <summary>Refuses a table that has other keys.</summary>
    /// <param name="section">What the table is called in messages, such as Data.Split; empty for the whole file.</param>
    /// <param name="table">The table.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <exception cref="ExperimentException">InvalidExperiment.</exception>
    internal static void Check(string section, IDictionary table, IEnumerable<string> known)
    {
        HashSet<string> names = new(known, StringComparer.OrdinalIgnoreCase);
        foreach (string key in table.Keys.Cast<object>().Select(k => k.ToString()!).Where(k => !names.Contains(k)).Order(StringComparer.OrdinalIgnoreCase))
            throw Invalid($"{(section.Length > 0 ? section : "it")} has no '{key}'. {NearNames.Suggest(key, names)}", key);
    }

    /// <summary>Refuses keys that a cmdlet does not take, and values that its parameters do not.</summary>
    /// <param name="section">What the table is called in messages.</param>
    /// <param name="table">The table.</param>
    /// <param name="cmdlet">The cmdlet's class.</param>
    /// <param name="except">Parameters that the run sets itself, or that have no place in a file.</param>
    /// <exception cref="ExperimentException">InvalidExperiment.</exception>
    internal static void Check(string section, IDictionary table, Type cmdlet, params string[] except) => Check(section, table, Of(cmdlet, except), cmdlet);

    /// <summary>Refuses keys that are not known, and values that the parameters of a cmdlet do not take.</summary>
    /// <param name="section">What the table is called in messages.</param>
    /// <param name="table">The table.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="cmdlet">The cmdlet's class.</param>
    /// <param name="free">Parameters whose values the file writes in another way.</param>
    /// <exception cref="ExperimentException">InvalidExperiment.</exception>
    internal static void Check(string section, IDictionary table, IEnumerable<string> known, Type cmdlet, params string[] free)
    {
        Check(section, table, known);
        foreach (PropertyInfo property in cmdlet.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute)) && !free.Contains(p.Name)))
            foreach (string name in (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(property.Name))
                if (table[name] is { } value) CheckValue($"{section}.{name}", value, property);
    }

    private static void CheckValue(string key, object value, PropertyInfo property)
    {
        Type type = property.PropertyType == typeof(SwitchParameter) ? typeof(bool) : property.PropertyType;
        try
        {
            foreach (ArgumentTransformationAttribute change in property.GetCustomAttributes<ArgumentTransformationAttribute>()) value = change.Transform(null!, value)!;
            if (typeof(IDictionary).IsAssignableFrom(type) && value is not IDictionary) throw Invalid($"{key} is {ValueConverter.Display(value)}, and should be a hashtable: @{{ ... }}.", key);
            if (type == typeof(object) || type.GetElementType() == typeof(object) || typeof(IDictionary).IsAssignableFrom(type) || Array.Exists([typeof(PSObject), typeof(PSObject[]), typeof(ScriptBlock)], t => t == type)) return;
            object? converted = ValueConverter.Convert(value, type, key);
            if (property.GetCustomAttribute<ValidateRangeAttribute>() is not { MinRange: { } low, MaxRange: { } high }) return;
            foreach (object? item in converted as Array ?? new[] { converted })
                if (LanguagePrimitives.Compare(item, low) < 0 || LanguagePrimitives.Compare(item, high) > 0)
                    throw Invalid($"{key} is {ValueConverter.Display(item)}; it is {(LanguagePrimitives.Compare(item, low) < 0 ? $"at least {low}" : $"at most {high}")}.", key);
        }
        catch (Exception e) when (e is ArgumentTransformationMetadataException || e is ExperimentException { ErrorId: not "InvalidExperiment" })
        {
            string why = (e.InnerException as ExperimentException ?? e).Message;
            // What names the parameter alone gets the section before it.
            string name = key[(key.LastIndexOf('.') + 1)..];
            throw Invalid(why.StartsWith(key, StringComparison.Ordinal) ? why : why.StartsWith($"{name} ", StringComparison.Ordinal) ? key + why[name.Length..] : $"{key}: {why}", key);
        }
    }

    /// <summary>Refuses values that the settings of entries of a catalogue do not take; of entries with a setting of the same name one that takes the value is enough.</summary>
    /// <param name="section">What the table is called in messages.</param>
    /// <param name="table">The table.</param>
    /// <param name="entries">The entries.</param>
    /// <exception cref="ExperimentException">InvalidExperiment.</exception>
    internal static void CheckSettings(string section, IDictionary table, IEnumerable<CatalogueEntry> entries)
    {
        foreach (IGrouping<string, Type> setting in entries.SelectMany(e => e.Parameters).GroupBy(p => p.Name, p => p.Type, StringComparer.OrdinalIgnoreCase))
        {
            if (table[setting.Key] is not { } value) continue;
            ExperimentException? first = null;
            if (setting.Any(type => Takes(type, value, $"{section}.{setting.Key}", ref first))) continue;
            throw Invalid(first!.Message, setting.Key);
        }
    }

    /// <summary>The entry of a catalogue that a section names; null when it names none, or gives it as a table or in another way.</summary>
    /// <exception cref="ExperimentException">InvalidExperiment: there is no entry of the name.</exception>
    internal static CatalogueEntry? Find<T>(string section, IDictionary table, string key)
        where T : class
    {
        object? given = table[key] is IDictionary inner ? inner["Name"] ?? inner["Type"] : table[key];
        if (given is not string name) return null;
        try
        {
            return Catalogue<T>.Default.Find(name);
        }
        catch (ExperimentException e)
        {
            throw Invalid($"{section}.{key}: {e.Message}", name);
        }
    }

    private static bool Takes(Type type, object value, string key, ref ExperimentException? first)
    {
        try
        {
            _ = ValueConverter.Convert(value, type, key);
            return true;
        }
        catch (ExperimentException e)
        {
            first ??= e;
            return false;
        }
    }

    internal static ExperimentException Invalid(string why, object? target = null) => new("InvalidExperiment", ErrorKind.InvalidData, Prefix + why, target);
}
