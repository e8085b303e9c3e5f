using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>Values as failure messages write them: 'text', $null, $true, @(1, 2), [int].</summary>
internal static class ValueText
{
    private const int Limit = 10;

    public static string Of(object? value)
    {
        if (value is PSObject { BaseObject: not PSCustomObject } wrapped) value = wrapped.BaseObject;
        return value switch
        {
            null => "$null",
            bool flag => flag ? "$true" : "$false",
            "" => "<empty>",
            string text => $"'{text}'",
            DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
            Type type => $"[{LanguagePrimitives.ConvertTo<string>(type)}]",
            ScriptBlock block => $"{{{block}}}",
            IDictionary dictionary => dictionary.GetType().ToString(),
            ICollection items => OfItems(items),
            _ => LanguagePrimitives.ConvertTo<string>(value),
        };
    }

    /// <summary>' because ...,' or nothing.</summary>
    public static string Because(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return "";
        var text = reason.Trim();
        return text.StartsWith("because", StringComparison.OrdinalIgnoreCase) ? $" {text}," : $" because {text},";
    }

    public static string Join(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : string.Join(", ", items.SkipLast(1)) + " and " + items[^1];

    private static string OfItems(ICollection items)
    {
        var shown = items.Cast<object?>().Take(Limit).Select(Of);
        var rest = items.Count > Limit ? $", ...{items.Count - Limit} more" : "";
        return $"@({string.Join(", ", shown)}{rest})";
    }
}
