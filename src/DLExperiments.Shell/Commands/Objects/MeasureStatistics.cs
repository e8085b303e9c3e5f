using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>The running measures of one property.</summary>
internal sealed class MeasureStatistics
{
    private double mean, squares;
    private int numbers;

    internal int Count { get; set; }

    internal double Sum { get; private set; }

    internal object? Maximum { get; private set; }

    internal object? Minimum { get; private set; }

    internal int Lines { get; private set; }

    internal int Words { get; private set; }

    internal int Characters { get; private set; }

    /// <summary>The deviation of a sample (n - 1), by Welford's update, which does not cancel; not a number for one value.</summary>
    internal double Deviation => Math.Sqrt(squares / (numbers - 1));

    internal void AddNumber(double value)
    {
        Sum += value;
        numbers++;
        var before = value - mean;
        mean += before / numbers;
        squares += before * (value - mean);
    }

    internal void AddExtreme(object? value)
    {
        Maximum = Further(Maximum, value, 1);
        Minimum = Further(Minimum, value, -1);
    }

    private static object? Further(object? extreme, object? value, int sign)
    {
        if (extreme is null)
            return value;
        var (first, second) = (AsNumber(extreme), AsNumber(value));
        if (second is not null && first!.GetType() != second.GetType())
            (first, second) = (PSObject.AsPSObject(first).ToString(), PSObject.AsPSObject(second).ToString());
        return sign * LanguagePrimitives.Compare(first, second, ignoreCase: false, CultureInfo.CurrentCulture) >= 0 ? extreme : value;
    }

    private static object? AsNumber(object? value) =>
        value is not null && LanguagePrimitives.TryConvertTo<double>(value, out var number) ? number : value;

    internal void AddText(string text, bool ignoreWhiteSpace)
    {
        Characters += ignoreWhiteSpace ? text.Count(letter => !char.IsWhiteSpace(letter)) : text.Length;
        Words += text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        // 'abc\nd' has two lines, but 'abc\n' has one.
        Lines += text.Length == 0 ? 0 : text.Count(letter => letter == '\n') + (text[^1] == '\n' ? 0 : 1);
    }
}
