using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Values of a session without PowerShell's wrappers, tables in the order they have.</summary>
internal static class PlainValue
{
    /// <summary>Takes the wrappers off a value and off all that it holds.</summary>
    internal static object? Of(object? value)
    {
        if (value is PSObject { BaseObject: not PSCustomObject } wrapped) return Of(wrapped.BaseObject);
        if (value is object?[] list) return Array.ConvertAll(list, Of);
        if (value is not IDictionary table) return value;
        IDictionary plain = table is IOrderedDictionary ? new OrderedDictionary(StringComparer.OrdinalIgnoreCase) : new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry item in table) plain[item.Key] = Of(item.Value);
        return plain;
    }

    /// <summary>A piped table as it is, of any other object its properties.</summary>
    internal static IDictionary Row(PSObject row)
    {
        if (row.BaseObject is IDictionary given) return given;
        var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo property in row.Properties) table[property.Name] = property.Value is PSObject wrapped ? wrapped.BaseObject : property.Value;
        return table;
    }
}
