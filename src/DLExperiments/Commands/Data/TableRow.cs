using System.Collections;
using System.Management.Automation;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Data;

/// <summary>Reads objects of the pipeline as rows of a table: properties of objects, keys of hashtables.</summary>
internal static class TableRow
{
    /// <summary>The names of an object's columns, in order; those of a plain hashtable, which has no order, by name.</summary>
    internal static string[] Names(PSObject row, long number)
    {
        string[] names = row.BaseObject switch
        {
            Hashtable table => [.. table.Keys.Cast<object>().Select(k => k.ToString()!).Order(StringComparer.OrdinalIgnoreCase)],
            IDictionary table => [.. table.Keys.Cast<object>().Select(k => k.ToString()!)],
            string or ValueType or Array => throw NotARow(row, number),
            _ => [.. row.Properties.Where(p => p.IsGettable).Select(p => p.Name)],
        };
        return names.Length > 0 ? names : throw NotARow(row, number);
    }

    /// <summary>Reads one object's values into the places of their columns.</summary>
    /// <param name="row">The object.</param>
    /// <param name="number">Its number in messages.</param>
    /// <param name="names">The names of the first object.</param>
    /// <param name="cells">Room for a value for each name.</param>
    internal static void Read(PSObject row, long number, string[] names, object?[] cells)
    {
        int found = 0, count = 0;
        if (row.BaseObject is IDictionary table)
        {
            count = table.Count;
            for (int i = 0; i < names.Length; i++)
            {
                if (!table.Contains(names[i])) break;
                cells[i] = Plain(table[names[i]]);
                found++;
            }
        }
        else if (row.BaseObject is not (string or ValueType or Array))
        {
            foreach (PSPropertyInfo property in row.Properties)
            {
                if (!property.IsGettable) continue;
                // Objects of one source have their properties in one order; only others need a search.
                int at = count < names.Length && names[count] == property.Name ? count : Array.FindIndex(names, n => n.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
                count++;
                if (at < 0) break;
                cells[at] = Plain(property.Value);
                found++;
            }
        }
        if (found != names.Length || count != names.Length) throw Ragged(row, number, names);
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static ExperimentException NotARow(PSObject row, long number) =>
        new("NotARow", ErrorKind.InvalidData,
            $"Row {number} is a {row.BaseObject.GetType().Name}; a row is an object with properties, as from Import-Csv, or a hashtable.", row);

    private static ExperimentException Ragged(PSObject row, long number, string[] names)
    {
        string[] own = Names(row, number);
        string[] lacking = [.. names.Except(own, StringComparer.OrdinalIgnoreCase)], extra = [.. own.Except(names, StringComparer.OrdinalIgnoreCase)];
        return new ExperimentException("RaggedRow", ErrorKind.InvalidData,
            $"Row {number} has other columns than row 1:"
            + (lacking.Length > 0 ? $" it lacks {List(lacking)}" : "") + (lacking.Length > 0 && extra.Length > 0 ? " and" : "")
            + (extra.Length > 0 ? $" it has {List(extra)} besides" : "") + ". Choose common columns with Select-Object.", row);
    }

    private static string List(string[] names) => string.Join(", ", names.Take(5).Select(n => $"'{n}'")) + (names.Length > 5 ? ", ..." : "");
}
