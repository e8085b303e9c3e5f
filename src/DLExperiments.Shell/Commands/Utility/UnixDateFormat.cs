using System.Globalization;
using System.Text;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>The format letters of Get-Date -UFormat, as its documentation lists them.</summary>
internal static class UnixDateFormat
{
    private static readonly Dictionary<char, Func<DateTime, string>> Letters = new()
    {
        ['A'] = d => Net(d, "dddd"),
        ['a'] = d => Net(d, "ddd"),
        ['B'] = d => Net(d, "MMMM"),
        ['b'] = d => Net(d, "MMM"),
        ['h'] = d => Net(d, "MMM"),
        ['C'] = d => Number(d.Year / 100, 2),
        ['c'] = d => Net(d, "ddd dd MMM yyyy HH:mm:ss"),
        ['D'] = d => Invariant(d, "MM/dd/yy"),
        ['d'] = d => Number(d.Day, 2),
        ['e'] = d => d.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        ['F'] = d => Invariant(d, "yyyy-MM-dd"),
        ['G'] = d => Number(ISOWeek.GetYear(d), 4),
        ['g'] = d => Number(ISOWeek.GetYear(d) % 100, 2),
        ['H'] = d => Number(d.Hour, 2),
        ['I'] = d => Number(Twelve(d), 2),
        ['j'] = d => Number(d.DayOfYear, 3),
        ['k'] = d => d.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        ['l'] = d => Twelve(d).ToString(CultureInfo.InvariantCulture).PadLeft(2),
        ['M'] = d => Number(d.Minute, 2),
        ['m'] = d => Number(d.Month, 2),
        ['n'] = _ => "\n",
        ['p'] = d => Net(d, "tt"),
        ['R'] = d => Invariant(d, "HH:mm"),
        ['r'] = d => Net(d, "hh:mm:ss tt"),
        ['S'] = d => Number(d.Second, 2),
        ['s'] = d => Math.Round((d.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds).ToString(CultureInfo.InvariantCulture),
        ['T'] = d => Invariant(d, "HH:mm:ss"),
        ['t'] = _ => "\t",
        ['U'] = d => (d.DayOfYear / 7).ToString(CultureInfo.InvariantCulture),
        ['u'] = d => (d.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)d.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        ['V'] = d => Number(ISOWeek.GetWeekOfYear(d), 2),
        ['W'] = d => (d.DayOfYear / 7).ToString(CultureInfo.InvariantCulture),
        ['w'] = d => ((int)d.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        ['X'] = d => Invariant(d, "HH:mm:ss"),
        ['x'] = d => Invariant(d, "MM/dd/yy"),
        ['Y'] = d => Number(d.Year, 4),
        ['y'] = d => Number(d.Year % 100, 2),
        ['Z'] = Offset,
        ['%'] = _ => "%",
    };

    /// <summary>Writes a date; a letter that is not in the table stands for itself, and a leading '+' is dropped as in date(1).</summary>
    internal static string Format(DateTime date, string format)
    {
        var text = new StringBuilder();
        for (var i = format.StartsWith('+') ? 1 : 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length) text.Append(format[i]);
            else if (Letters.TryGetValue(format[++i], out var write)) text.Append(write(date));
            else text.Append('%').Append(format[i]);
        }
        return text.ToString();
    }

    private static string Net(DateTime date, string format) => date.ToString(format, CultureInfo.CurrentCulture);

    private static string Invariant(DateTime date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static string Number(int value, int digits) => value.ToString("D" + digits, CultureInfo.InvariantCulture);

    private static int Twelve(DateTime date) => date.Hour % 12 == 0 ? 12 : date.Hour % 12;

    private static string Offset(DateTime date)
    {
        var offset = date.Kind == DateTimeKind.Utc ? TimeSpan.Zero : TimeZoneInfo.Local.GetUtcOffset(date);
        return (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh", CultureInfo.InvariantCulture);
    }
}
