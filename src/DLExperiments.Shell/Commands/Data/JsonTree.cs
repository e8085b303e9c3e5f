using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Numerics;
using System.Reflection;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Turns objects into the dictionaries, lists and plain values that JSON can show, down to a depth.</summary>
internal sealed class JsonTree(PSCmdlet cmdlet, int maxDepth)
{
    private bool warned;

    internal object? Build(object? value) => Build(value, 0);

    private object? Build(object? value, int depth)
    {
        if (cmdlet.Stopping)
            throw new PipelineStoppedException();
        var wrapper = value as PSObject;
        value = wrapper is null ? value : wrapper.BaseObject;
        if (value is null || value == DBNull.Value || value == NullString.Value || value == System.Management.Automation.Internal.AutomationNull.Value)
            return null;
        if (value is string or DateTime)
            return value;
        object? result;
        var isBag = false;
        if (IsPlain(value))
            result = value;
        else if (value is Enum enumeration)
            result = Enum.GetUnderlyingType(value.GetType()) is var type && (type == typeof(long) || type == typeof(ulong)) ? enumeration.ToString() : value;
        else if (depth > maxDepth)
            return Truncate(wrapper, value, depth);
        else if (value is IDictionary entries)
            result = FromEntries(entries, depth);
        else if (value is IEnumerable items)
            result = items.Cast<object?>().Select(item => Build(item, depth + 1)).ToList();
        else
        {
            result = FromMembers(value, depth);
            isBag = true;
        }
        return wrapper is null ? result : WithExtensions(wrapper, result, depth, isBag);
    }

    private static bool IsPlain(object value) =>
        value is DateTimeOffset or Guid or Uri or decimal or BigInteger || value.GetType().IsPrimitive;

    private object Truncate(PSObject? wrapper, object value, int depth)
    {
        if (!warned)
            cmdlet.WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {maxDepth}.");
        warned = true;
        if (value is PSCustomObject && wrapper is not null)
            return LanguagePrimitives.ConvertTo(wrapper, typeof(string), CultureInfo.InvariantCulture);
        var text = LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture);
        return wrapper is null ? text : WithExtensions(wrapper, text, depth, isBag: false)!;
    }

    private OrderedDictionary FromEntries(IDictionary entries, int depth)
    {
        var result = new OrderedDictionary();
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Key is not string name)
            {
                cmdlet.ThrowTerminatingError(new ErrorRecord(
                    new InvalidOperationException($"The type '{entries.GetType().FullName}' is not supported for serialization or deserialization of a dictionary. Keys must be strings."),
                    "NonStringKeyInDictionary", ErrorCategory.InvalidOperation, entries));
                break;
            }
            result.Add(name, Build(entry.Value, depth + 1));
        }
        return result;
    }

    private OrderedDictionary FromMembers(object value, int depth)
    {
        var result = new OrderedDictionary();
        foreach (var field in value.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
            if (!IsIgnored(field))
                result[field.Name] = Build(Try(() => field.GetValue(value)), depth + 1);
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (!IsIgnored(property) && property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
                result[property.Name] = Build(Try(() => property.GetValue(value)), depth + 1);
        return result;
    }

    private static bool IsIgnored(MemberInfo member) => member.IsDefined(typeof(Newtonsoft.Json.JsonIgnoreAttribute), inherit: true);

    private static object? Try(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // As pwsh: a property that throws has no value, and the others are still written.
            return null;
        }
    }

    /// <summary>Adds the properties that PowerShell's type system gives an object; a plain value that has some becomes an object with its "value".</summary>
    private object? WithExtensions(PSObject wrapper, object? result, int depth, bool isBag)
    {
        var receiver = result as IDictionary;
        var entries = receiver ?? new OrderedDictionary { ["value"] = result };
        foreach (var property in wrapper.Properties)
            if ((isBag || property is not PSProperty) && !entries.Contains(property.Name))
                entries[property.Name] = Build(Try(() => property.Value), depth + 1);
        return receiver is null && entries.Count == 1 ? result : entries;
    }
}
