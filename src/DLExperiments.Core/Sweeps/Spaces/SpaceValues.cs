using System.Globalization;
using DLExperiments.Catalogues;

namespace DLExperiments.Sweeps.Spaces;

/// <summary>The values that one entry of a space may take, as an interval or a list, mapped from and to [0, 1].</summary>
public abstract class SpaceValues
{
    /// <summary>How many different values there are; null for all numbers of an interval.</summary>
    public abstract int? Levels { get; }

    /// <summary>Whether neighbours on [0, 1] are no more alike than others.</summary>
    public virtual bool IsCategorical => false;

    /// <summary>Whether a grid takes every value, because they were listed or given by a step.</summary>
    public virtual bool IsListed => false;

    /// <summary>The value at a place.</summary>
    /// <param name="u">From 0 to 1.</param>
    public abstract object? At(double u);

    /// <summary>The place of a value; for one of a list or of whole numbers the middle of its part of [0, 1].</summary>
    /// <param name="value">The value.</param>
    /// <returns>From 0 to 1, or null when it is none of the values.</returns>
    public abstract double? PlaceOf(object? value);

    /// <summary>Which of n equal parts of [0, 1] a place is in.</summary>
    internal static int Part(double u, int parts) => Math.Clamp((int)(u * parts), 0, parts - 1);

    internal static bool Same(object? a, object? b) =>
        a is null || b is null ? a is null && b is null
        : TryNumber(a, out double x) && TryNumber(b, out double y) ? x == y
        : Text(a).Equals(Text(b), StringComparison.OrdinalIgnoreCase);

    internal static bool TryNumber(object? value, out double number)
    {
        number = 0;
        if (value is bool or null || value is not (string or IConvertible)) return false;
        return value is string text
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            : double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    internal static string Text(object? value) => value is string text ? text : ValueConverter.Display(value);
}
