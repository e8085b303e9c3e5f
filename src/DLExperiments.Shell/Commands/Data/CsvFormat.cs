using System.Collections;
using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Makes CSV text of objects: the columns are those of the first object, or of the file that is added to.</summary>
internal sealed class CsvFormat(char delimiter, QuoteKind quotes, IEnumerable<string>? quotedFields)
{
    private readonly HashSet<string>? quoted = quotedFields is null ? null : new(quotedFields, StringComparer.OrdinalIgnoreCase);
    private readonly StringBuilder line = new();

    internal IReadOnlyList<string>? Columns { get; set; }

    internal static string TypeLine(PSObject item) =>
        item.TypeNames[0] is { Length: > 4 } name && name.StartsWith("CSV:", StringComparison.OrdinalIgnoreCase) ? "#TYPE " + name[4..] : "#TYPE " + item.TypeNames[0];

    /// <summary>The names of the columns of an object: the keys of a dictionary, else the properties.</summary>
    internal static string[] ColumnsOf(PSObject item) =>
        item.BaseObject is IDictionary entries
            ? [.. entries.Keys.Cast<object>().Select(key => key.ToString()!), .. item.Properties.OfType<PSNoteProperty>().Select(note => note.Name)]
            : [.. item.Properties.Select(property => property.Name)];

    internal string Header() => Join(name => (name, name));

    internal string Row(PSObject item) => Join(name => (name, Value(item, name)));

    private string Join(Func<string, (string Name, string? Value)> value)
    {
        line.Clear();
        for (var i = 0; i < Columns!.Count; i++)
        {
            if (i > 0)
                line.Append(delimiter);
            Append(value(Columns[i]));
        }
        return line.ToString();
    }

    private void Append((string Name, string? Value) cell)
    {
        // No value is an empty cell without quotes, so that it can be told from empty text.
        if (cell.Value is not { } value)
            return;
        var quote = quoted is not null ? quoted.Contains(cell.Name)
            : quotes == QuoteKind.Always || quotes == QuoteKind.AsNeeded && value.AsSpan().ContainsAny([delimiter, '\n', '\r', '"']);
        if (quote)
            line.Append('"').Append(value).Replace("\"", "\"\"", line.Length - value.Length, value.Length).Append('"');
        else
            line.Append(value);
    }

    private static string? Value(PSObject item, string name)
    {
        if (item.BaseObject is IDictionary entries && entries.Contains(name))
            return entries[name]?.ToString();
        try
        {
            return item.Properties[name]?.Value?.ToString();
        }
        catch (GetValueException)
        {
            // A property that throws is an empty cell: one bad getter must not lose the rest of the row.
            return "";
        }
    }
}
