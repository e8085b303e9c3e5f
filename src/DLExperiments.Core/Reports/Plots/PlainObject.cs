using System.Collections;
using System.Reflection;
using DLExperiments.Data;
using DLExperiments.Training;

namespace DLExperiments.Reports.Plots;

/// <summary>Reads .NET objects and dictionaries by property name.</summary>
internal static class PlainObject
{
    internal static object? Read(object item, string name)
    {
        if (item is EpochResult epoch && epoch.MetricColumns().FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } metric) return metric.Value;
        if (item is not IDictionary table)
            return item.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.GetValue(item);
        if (table.Contains(name)) return table[name];
        foreach (object key in table.Keys)
            if (key is string text && text.Equals(name, StringComparison.OrdinalIgnoreCase)) return table[key];
        return null;
    }

    internal static IEnumerable<string> Names(object item) => item is IDictionary table
        ? table.Keys.Cast<object>().Select(k => k.ToString()!)
        : item.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).Select(p => p.Name);

    /// <summary>The rows of a data set; a feature of several numbers is one property for each: x1, x2, ...</summary>
    internal static IEnumerable<object> RowsOf(Dataset data)
    {
        var rows = new DatasetRows(data);
        foreach (object?[] values in rows.Read())
        {
            var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] is float[] list)
                    for (int k = 0; k < list.Length; k++) row[$"{rows.Names[i]}{k + 1}"] = list[k];
                else row[rows.Names[i]] = values[i];
            }
            yield return row;
        }
    }
}
