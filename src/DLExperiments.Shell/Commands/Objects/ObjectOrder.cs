using System.Globalization;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>A value of one sort key; a property that the object lacks is not the same as a null value.</summary>
internal readonly record struct KeyValue(object? Value, bool Exists);

/// <summary>An object with the values by which it is compared.</summary>
internal sealed record KeyedObject(PSObject Object, KeyValue[] Values);

/// <summary>
/// The order of objects in Sort-, Group- and Compare-Object: the engine's comparison of values (numbers as numbers, text in
/// the given culture), as text where two values cannot be compared; objects that lack a key come last in either direction.
/// </summary>
internal sealed class ObjectOrder(CultureInfo culture, bool caseSensitive) : IComparer<KeyedObject>
{
    private bool[] descending = [];

    internal List<PropertyKey> Keys { get; private set; } = [];

    internal static CultureInfo ParseCulture(string? name) =>
        string.IsNullOrEmpty(name) ? CultureInfo.CurrentCulture
        : int.TryParse(name.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? name[2..] : name,
            name.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? NumberStyles.HexNumber : NumberStyles.Integer,
            CultureInfo.InvariantCulture, out var id) ? new CultureInfo(id)
        : new CultureInfo(name);

    /// <summary>Sets the keys: those given, else the key properties that the type of the first object declares, else the object itself.</summary>
    internal void SetKeys(PSCmdlet cmdlet, object[]? properties, IReadOnlyList<PSObject> objects, bool descendingByDefault, string[] allowed)
    {
        if (properties is null && objects.Count > 0)
            properties = DefaultKeys(objects[0]);
        Keys = [];
        foreach (var key in PropertyKey.Parse(cmdlet, properties, allowed))
            if (key.Expression.HasWildCardCharacters)
                Keys.AddRange(Expand(key, objects));
            else
                Keys.Add(key);
        descending = Keys.Count == 0 ? [descendingByDefault] : [.. Keys.Select(key => key.Descending ?? descendingByDefault)];
    }

    private static string[]? DefaultKeys(PSObject first) =>
        (first.Members["PSStandardMembers"] as PSMemberSet)?.Members["DefaultKeyPropertySet"] is PSPropertySet set
            ? [.. set.ReferencedPropertyNames] : null;

    private static IEnumerable<PropertyKey> Expand(PropertyKey key, IReadOnlyList<PSObject> objects)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in objects)
            foreach (var resolved in key.Expression.ResolveNames(item))
                if (seen.Add(resolved.ToString()))
                    yield return key with { Expression = resolved };
    }

    /// <summary>Evaluates the keys on an object; an error in a script block is written and its value taken as missing.</summary>
    internal KeyedObject Evaluate(PSCmdlet cmdlet, PSObject item)
    {
        if (Keys.Count == 0)
            return new KeyedObject(item, [new KeyValue(item, true)]);
        var values = new KeyValue[Keys.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(cmdlet, item, Keys[i].Expression);
        return new KeyedObject(item, values);
    }

    private static KeyValue Evaluate(PSCmdlet cmdlet, PSObject item, PSPropertyExpression expression)
    {
        var results = expression.GetValues(item);
        if (results.Count == 0)
            return new KeyValue(null, false);
        if (results[0].Exception is not { } exception)
            return new KeyValue(results[0].Result, true);
        cmdlet.WriteError(new ErrorRecord(exception, "ExpressionEvaluation", ErrorCategory.InvalidResult, item));
        return new KeyValue(null, false);
    }

    /// <inheritdoc/>
    public int Compare(KeyedObject? x, KeyedObject? y)
    {
        for (var i = 0; i < x!.Values.Length; i++)
        {
            var (first, second) = (x.Values[i], y!.Values[i]);
            if (!first.Exists || !second.Exists)
            {
                if (first.Exists != second.Exists)
                    return first.Exists ? -1 : 1;
                continue;
            }
            var order = CompareValues(first.Value, second.Value);
            if (order != 0)
                return i < descending.Length && descending[i] ? -order : order;
        }
        return 0;
    }

    /// <summary>Compares two values; never throws. Property bags have no value of their own, so all are equal, as in pwsh.</summary>
    internal int CompareValues(object? first, object? second)
    {
        first = first is PSObject { BaseObject: var firstBase } ? firstBase : first;
        second = second is PSObject { BaseObject: var secondBase } ? secondBase : second;
        if (first is null && second is null)
            return 0;
        if (LanguagePrimitives.TryCompare(first, second, !caseSensitive, culture, out var result))
            return result;
        return culture.CompareInfo.Compare(
            first?.ToString(), second?.ToString(), caseSensitive ? CompareOptions.None : CompareOptions.IgnoreCase);
    }

    /// <summary>Whether two objects have equal keys.</summary>
    internal bool AreEqual(KeyedObject first, KeyedObject second) => Compare(first, second) == 0;
}
