using System.Collections;
using System.Globalization;

namespace DLExperiments.Data.Tables;

/// <summary>What one cell of a table holds: nothing, a number that float32 can hold, text, or something that is no single value.</summary>
internal readonly struct Cell
{
    internal enum Kinds
    {
        Missing,
        Number,
        Text,
        Other,
    }

    private readonly object? value;

    private Cell(Kinds kind, object? value, double number = 0)
    {
        Kind = kind;
        Number = number;
        this.value = value;
    }

    internal Kinds Kind { get; }

    internal double Number { get; }

    /// <summary>The cell as text, as it would stand in a CSV file.</summary>
    internal string Text => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Reads a value.</summary>
    /// <param name="value">A string (numbers in the invariant culture), a number, a truth value, null, ...</param>
    /// <param name="missing">Texts that count as missing.</param>
    internal static Cell From(object? value, HashSet<string> missing)
    {
        switch (value)
        {
            case null or DBNull:
                return default;
            case string s:
                ReadOnlySpan<char> trimmed = s.AsSpan().Trim();
                if (trimmed.IsEmpty) return default;
                string text = trimmed.Length == s.Length ? s : trimmed.ToString();
                if (missing.Count > 0 && missing.Contains(text)) return default;
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)) return new Cell(Kinds.Text, text);
                return FromNumber(parsed, text);
            case float or double or decimal or int or long or short or byte or sbyte or uint or ulong or ushort or Half:
                if (missing.Count > 0 && missing.Contains(Convert.ToString(value, CultureInfo.InvariantCulture)!)) return default;
                return FromNumber(value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture), value);
            case IEnumerable:
                return new Cell(Kinds.Other, value);
            case DateTime time:
                return new Cell(Kinds.Text, time.ToString("O", CultureInfo.InvariantCulture));
            default:
                var cell = new Cell(Kinds.Text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                return cell.Text.Length == 0 || missing.Contains(cell.Text) ? default : cell;
        }
    }

    // Infinity and what float32 cannot hold would poison training: such a cell is no number.
    private static Cell FromNumber(double number, object value) =>
        double.IsNaN(number) ? default
        : Math.Abs(number) <= float.MaxValue ? new Cell(Kinds.Number, value, number)
        : new Cell(Kinds.Text, value);
}
