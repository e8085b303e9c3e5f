using System.Collections;
using System.Globalization;
using System.Reflection;
using DLExperiments.Errors;

namespace DLExperiments.Catalogues;

/// <summary>Turns what scripts and files give (strings, numbers, arrays, hashtables) into the types of parameters.</summary>
public static class ValueConverter
{
    private const string Comma = "it has a comma";

    /// <summary>
    /// Converts a value to a type: numbers among each other without loss, strings in the invariant culture, enums by name,
    /// one value to a one-element array, anything with a static <c>Parse(string)</c>, and catalogue entries by name or hashtable.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type wanted.</param>
    /// <param name="owner">What the value is for, at the start of error messages.</param>
    /// <exception cref="ExperimentException">InvalidParameterType: the value does not convert.</exception>
    public static object? Convert(object? value, Type type, string owner)
    {
        Type wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null)
        {
            return !type.IsValueType || wanted != type
                ? null
                : throw Failure(value, wanted, owner);
        }
        if (wanted.IsInstanceOfType(value)) return value;
        try
        {
            return TryConvert(value, wanted, owner, out object? converted) ? converted : throw Failure(value, wanted, owner);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw Failure(value, wanted, owner, e);
        }
        catch (TargetInvocationException e) when (e.InnerException is FormatException or OverflowException or ArgumentException)
        {
            throw Failure(value, wanted, owner, e.InnerException);
        }
    }

    /// <summary>How a value is shown in messages and in readable files.</summary>
    /// <param name="value">The value.</param>
    public static string Display(object? value) => value switch
    {
        null => "null",
        string s => $"'{s}'",
        IEnumerable list => string.Join(",", list.Cast<object?>().Select(Display)),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool TryConvert(object value, Type wanted, string owner, out object? converted)
    {
        converted = null;
        if (wanted.IsArray)
        {
            converted = ToArray(value, wanted.GetElementType()!, owner);
        }
        else if (wanted.IsEnum)
        {
            if (value is not string name || !Enum.TryParse(wanted, name, ignoreCase: true, out converted) || !Enum.IsDefined(wanted, converted!))
                throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                    $"{owner} is {Display(value)}. {NearNames.Suggest(value.ToString() ?? "", Enum.GetNames(wanted))}", value);
        }
        else if (wanted == typeof(string))
        {
            converted = value is IFormattable f ? f.ToString(null, CultureInfo.InvariantCulture) : value.ToString();
        }
        else if (wanted.IsPrimitive || wanted == typeof(decimal))
        {
            converted = ToNumber(value, wanted);
        }
        else if (CatalogueIndex.HeadOf(wanted) is { } catalogue)
        {
            converted = catalogue.FromValue(value);
            if (!wanted.IsInstanceOfType(converted)) throw Failure(value, wanted, owner);
        }
        else if (wanted.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string)]) is { } parse)
        {
            string text = value is IEnumerable list and not string
                ? string.Join(",", list.Cast<object>().Select(v => System.Convert.ToString(v, CultureInfo.InvariantCulture)))
                : System.Convert.ToString(value, CultureInfo.InvariantCulture)!;
            converted = parse.Invoke(null, [text]);
        }
        return converted is not null;
    }

    private static object ToNumber(object value, Type wanted)
    {
        if (wanted == typeof(bool) && value is not string and not bool) throw new InvalidCastException();
        // Thousands are not set apart: '0,9' is a number of another country and must not become 9.
        if (value is string text && wanted != typeof(bool) && text.Contains(',', StringComparison.Ordinal)) throw new FormatException(Comma);
        object converted = System.Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture);
        // 2.5 must not become 2 in silence.
        if (value is double or float or decimal && wanted != typeof(double) && wanted != typeof(float) && wanted != typeof(decimal)
            && System.Convert.ToDouble(converted) != System.Convert.ToDouble(value))
            throw new FormatException("it is not a whole number");
        return converted;
    }

    private static Array ToArray(object value, Type element, string owner)
    {
        object?[] items = value is IEnumerable list and not (string or IDictionary) ? [.. list.Cast<object?>()] : [value];
        Array array = Array.CreateInstance(element, items.Length);
        for (int i = 0; i < items.Length; i++) array.SetValue(Convert(items[i], element, owner), i);
        return array;
    }

    private static ExperimentException Failure(object? value, Type wanted, string owner, Exception? inner = null) =>
        new("InvalidParameterType", ErrorKind.InvalidArgument,
            $"{owner} is {Display(value)}, which is not a value of type {Friendly(wanted)}{(inner?.Message == Comma ? "; write a point, as in 0.9" : "")}.", value, inner);

    private static string Friendly(Type type) =>
        type.IsArray ? $"list of {Friendly(type.GetElementType()!)}"
        : type == typeof(int) || type == typeof(long) ? "whole number"
        : type == typeof(double) || type == typeof(float) ? "number"
        : type == typeof(bool) ? "true or false"
        : type.Name;
}
