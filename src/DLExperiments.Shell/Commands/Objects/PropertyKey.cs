using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>
/// One value of a -Property parameter: a name with wildcards, a script block, or a hashtable with Name (Label) and
/// Expression and, for sorting, Ascending or Descending. Keys may be shortened as long as they stay unambiguous.
/// </summary>
internal sealed record PropertyKey(PSPropertyExpression Expression, string? Name, bool? Descending)
{
    internal static readonly string[] Selecting = ["Name", "Label", "Expression"];
    internal static readonly string[] Sorting = ["Expression", "Ascending", "Descending"];
    internal static readonly string[] Grouping = ["Expression"];

    internal static List<PropertyKey> Parse(PSCmdlet cmdlet, object[]? values, string[] allowed) =>
        values is null ? [] : [.. values.Select(value => Parse(cmdlet, value, allowed))];

    private static PropertyKey Parse(PSCmdlet cmdlet, object? value, string[] allowed)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case null:
                throw Fail(cmdlet, "A null value was given as a property.", "ParameterNull", null);
            case string name:
                return new PropertyKey(FromName(cmdlet, name), null, null);
            case ScriptBlock script:
                return new PropertyKey(new PSPropertyExpression(script), null, null);
            case IDictionary entries:
                return FromEntries(cmdlet, entries, allowed);
            case var other:
                throw Fail(cmdlet, $"Cannot convert {other.GetType()} to one of the following types {{System.String, System.Management.Automation.ScriptBlock}}.",
                    "ParameterIllegalType", other);
        }
    }

    private static PSPropertyExpression FromName(PSCmdlet cmdlet, string name) =>
        name.Length > 0 ? new PSPropertyExpression(name) : throw Fail(cmdlet, "A property name cannot be empty.", "EmptyExpression", name);

    private static PropertyKey FromEntries(PSCmdlet cmdlet, IDictionary entries, string[] allowed)
    {
        PSPropertyExpression? expression = null;
        string? name = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in entries)
        {
            var value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            switch (Match(cmdlet, entry.Key?.ToString() ?? "", allowed))
            {
                case "Name" or "Label":
                    name = value as string is { Length: > 0 } label ? label
                        : throw Fail(cmdlet, "The Name of a calculated property must be text that is not empty.", "DictionaryKeyIllegalValue", entry.Key);
                    break;
                case "Expression":
                    expression = value switch
                    {
                        string text => FromName(cmdlet, text),
                        ScriptBlock script => new PSPropertyExpression(script),
                        _ => throw Fail(cmdlet, "The Expression of a calculated property must be a property name or a script block.", "DictionaryKeyIllegalValue", entry.Key),
                    };
                    break;
                case "Descending":
                    descending = LanguagePrimitives.IsTrue(value);
                    break;
                default:
                    descending ??= !LanguagePrimitives.IsTrue(value);
                    break;
            }
        }
        // Select-Object takes @{ Name = 'x' } alone as the property x.
        if (expression is null && name is not null)
            expression = FromName(cmdlet, name);
        return expression is not null ? new PropertyKey(expression, name, descending)
            : throw Fail(cmdlet, "The hashtable of a calculated property has no Expression.", "DictionaryKeyMissing", entries);
    }

    private static string Match(PSCmdlet cmdlet, string key, string[] allowed)
    {
        var matches = allowed.Where(name => name.StartsWith(key, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (key.Length > 0 && matches.Length > 0)
            return matches[0];
        throw Fail(cmdlet, $"The key '{key}' is not valid in a calculated property here. Valid keys: {string.Join(", ", allowed)}.", "DictionaryKeyIllegal", key);
    }

    private static Exception Fail(PSCmdlet cmdlet, string message, string id, object? target)
    {
        cmdlet.ThrowTerminatingError(new ErrorRecord(new NotSupportedException(message), id, ErrorCategory.InvalidArgument, target));
        return new InvalidOperationException(message);
    }
}
