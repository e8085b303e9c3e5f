using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Commands.Sweeps;

/// <summary>The plain properties of what a trial wrote: numbers, texts, dates, lists and tables of those. Models, data sets and histories stay out.</summary>
internal static class TrialOutput
{
    private const int Deepest = 3, LongestList = 1000;

    /// <summary>Reads an object; a bare number or text is the property Value. Durations are seconds.</summary>
    internal static JsonObject Read(PSObject output)
    {
        if (output.BaseObject is string text) return new JsonObject { ["Value"] = text };
        if (SpaceValues.TryNumber(output.BaseObject, out double number)) return new JsonObject { ["Value"] = Plain(number, 0, out _) };
        return output.BaseObject is IDictionary ? (JsonObject)Plain(output.BaseObject, 0, out _)! : Properties(output, 0);
    }

    private static JsonObject Properties(PSObject output, int depth)
    {
        var json = new JsonObject();
        foreach (PSPropertyInfo property in output.Properties)
        {
            object? value;
            try
            {
                value = property.Value;
            }
            catch (GetValueException)
            {
                continue; // a property that cannot be read is no result
            }
            if (Plain(value, depth, out bool isPlain) is var node && isPlain) json[property.Name] = node;
        }
        return json;
    }

    private static JsonNode? Plain(object? value, int depth, out bool isPlain)
    {
        isPlain = true;
        switch (value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value)
        {
            case null: return null;
            case string s: return JsonValue.Create(s);
            case bool b: return JsonValue.Create(b);
            case SwitchParameter flag: return JsonValue.Create(flag.IsPresent);
            case TimeSpan time: return JsonValue.Create(time.TotalSeconds);
            case DateTime date: return JsonValue.Create(date.ToString("O", CultureInfo.InvariantCulture));
            case Enum e: return JsonValue.Create(e.ToString());
            case float or double or decimal:
                double number = Convert.ToDouble(value is PSObject p ? p.BaseObject : value, CultureInfo.InvariantCulture);
                return double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));
            case sbyte or byte or short or ushort or int or uint or long or ulong: return JsonValue.Create(Convert.ToInt64(value is PSObject q ? q.BaseObject : value, CultureInfo.InvariantCulture));
            case IDictionary table when depth < Deepest:
                var json = new JsonObject();
                foreach (DictionaryEntry item in table)
                    if (Plain(item.Value, depth + 1, out bool inner) is var node && inner) json[item.Key.ToString()!] = node;
                return json;
            case PSObject custom when depth < Deepest: return Properties(custom, depth + 1);
            case Array list when list.Length <= LongestList && depth < Deepest:
                var items = new JsonArray();
                foreach (object? item in list)
                {
                    JsonNode? node = Plain(item, depth + 1, out isPlain);
                    if (!isPlain) return null;
                    items.Add(node);
                }
                return items;
            default:
                isPlain = false;
                return null;
        }
    }
}
