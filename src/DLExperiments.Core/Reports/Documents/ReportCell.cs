using System.Globalization;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Reports.Documents;

/// <summary>A value in a table: how it reads, and the whole number behind it, by which it sorts.</summary>
internal sealed record ReportCell(string Text, double? Number)
{
    internal static ReportCell Of(object? value) => value switch
    {
        null => new("", null),
        DateTime time => new(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), time.Ticks),
        TimeSpan span => new(Show(span), span.TotalSeconds),
        bool flag => new(flag ? "yes" : "no", null),
        string text when text.Length == 0 || !PlotData.TryNumber(text, out _) => new(text, null),
        _ when PlotData.TryNumber(value, out double number) => double.IsNaN(number) ? new("", null) : new(Show(number), number),
        _ => new(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", null),
    };

    /// <summary>Five significant digits; whole numbers with all of theirs.</summary>
    internal static string Show(double number) => number == Math.Floor(number) && Math.Abs(number) < 1e15
        ? number.ToString("#,0", CultureInfo.InvariantCulture)
        : number.ToString(Math.Abs(number) is >= 1e5 or < 1e-3 ? "0.####e+0" : "0." + new string('#', Math.Clamp(4 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 7)), CultureInfo.InvariantCulture);

    private static string Show(TimeSpan span) => span.TotalSeconds < 120 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s")
        : span.ToString(span.TotalHours < 1 ? @"m\:ss\ \m\i\n" : span.TotalDays < 1 ? @"h\:mm\ \h" : @"d\ \d\ h\:mm\ \h", CultureInfo.InvariantCulture);
}
