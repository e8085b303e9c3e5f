using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Automation;

/// <summary>The keys that a section of an experiment's file may have: the parameters of the cmdlet that carries it out.</summary>
internal static class ExperimentKeys
{
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
        try
        {
            foreach (ArgumentTransformationAttribute change in property.GetCustomAttributes<ArgumentTransformationAttribute>()) value = change.Transform(null!, value)!;
            object? converted = LanguagePrimitives.ConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture);
            if (property.GetCustomAttribute<ValidateRangeAttribute>() is not { MinRange: { } low, MaxRange: { } high } || converted is null) return;
            foreach (object? item in converted as Array ?? new[] { converted })
                if (LanguagePrimitives.Compare(item, low) < 0 || LanguagePrimitives.Compare(item, high) > 0)
                    throw Invalid(LanguagePrimitives.Compare(item, low) < 0 ? $"{key} is {ValueConverter.Display(item)}; it is at least {low}." : $"{key} is {ValueConverter.Display(item)}; it is at most {high}.", key);
        }
        catch (Exception e) when (e is PSInvalidCastException or ArgumentTransformationMetadataException)
        {
            throw Invalid($"{key} is {ValueConverter.Display(value)}, which does not fit: {(e.InnerException as ExperimentException ?? e).Message}", key);
        }
    }

    internal static ExperimentException Invalid(string why, object? target = null) => new("InvalidExperiment", ErrorKind.InvalidData, $"This is not an experiment that can be run: {why}", target);
}
