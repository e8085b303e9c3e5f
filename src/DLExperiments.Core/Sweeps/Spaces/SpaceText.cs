using System.Globalization;
using System.Text.RegularExpressions;
using DLExperiments.Errors;

namespace DLExperiments.Sweeps.Spaces;

/// <summary>
/// Reads the short strings of a space: <c>log 1e-4..1e-1</c>, <c>int 16..256 step 16</c>, <c>0..0.5</c>, <c>16, 32, 64</c>, <c>bool</c>, any
/// of them with <c>when Optimizer = SGD, Adagrad</c> behind it. Anything else is a text that stays the same in all trials.
/// </summary>
internal static partial class SpaceText
{
    private const string RangeForm = "write a range as: [log] [int] minimum..maximum [step width]";
    private static readonly string[] Words = ["log", "int", "linear"];

    /// <summary>Reads a string.</summary>
    /// <param name="name">The entry's name, for messages.</param>
    /// <param name="text">The string.</param>
    /// <param name="condition">What stood behind <c>when</c>: the other entry's name and the values, or null.</param>
    /// <exception cref="ExperimentException">InvalidSpace.</exception>
    internal static SpaceValues Parse(string name, string text, out (string Parent, string[] Values)? condition)
    {
        condition = null;
        string body = text.Trim();
        int when = body.IndexOf(" when ", StringComparison.OrdinalIgnoreCase);
        if (when > 0)
        {
            string clause = body[(when + 6)..];
            int equals = clause.IndexOf('=');
            string[] values = equals < 1 ? [] : clause[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (values.Length == 0) throw Error(name, text, "write the condition as: when Optimizer = SGD, Adagrad");
            condition = (clause[..equals].Trim(), values);
            body = body[..when].Trim();
        }
        if (body.Length == 0) throw Error(name, text, "it is empty");
        if (body.Equals("bool", StringComparison.OrdinalIgnoreCase)) return new ListValues([false, true]);
        body = string.Join(' ', body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string[] words = body.Split(' ');
        if (Words.Contains(words[0], StringComparer.OrdinalIgnoreCase) || StartsRange(body)) return Range(name, text, body);
        // A misspelt range is no text that stays the same; a path such as ../data is.
        if (RangeLike().IsMatch(body)) throw Error(name, text, RangeForm);
        string[] items = body.Split(',', StringSplitOptions.TrimEntries);
        if (items.Length > 1 && items.Any(i => i.Length == 0)) throw Error(name, text, "a value between two commas is missing");
        // [1, 5] and uniform(0, 1) are ranges elsewhere; here their halves would be two texts.
        if (items.Length > 1 && items.FirstOrDefault(i => i.Count(c => c is '(' or '[' or '{') != i.Count(c => c is ')' or ']' or '}')) is { } half)
            throw Error(name, text, $"'{half}' would be one of the values; {RangeForm}, and a list as 16, 32, 64");
        return new ListValues([.. items.Select(Scalar)]);
    }

    /// <summary>The value that a word means: true, false, a whole number, a number, or itself.</summary>
    internal static object Scalar(string word) =>
        bool.TryParse(word, out bool flag) ? flag
        : long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
        : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : word;

    internal static ExperimentException Error(string name, object? value, string what) => new("InvalidSpace", ErrorKind.InvalidArgument,
        $"Space: {name} is {Catalogues.ValueConverter.Display(value)}; {what}{(what.EndsWith('?') ? "" : ".")}", name);

    [GeneratedRegex(@"\d\s*%?\s*\.\.+\s*[-+.]?\d|^[-+]?[\d.]+(e[-+]?\d+)?\s+(to|-)\s+[-+]?[\d.]+(e[-+]?\d+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex RangeLike();

    private static bool StartsRange(string body)
    {
        int dots = body.IndexOf("..", StringComparison.Ordinal);
        return dots > 0 && double.TryParse(body.AsSpan(0, dots), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private static RangeValues Range(string name, string text, string body)
    {
        bool isLog = false, isWhole = false;
        var words = new Queue<string>(body.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        while (words.TryPeek(out string? word) && Words.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            isLog |= word.Equals("log", StringComparison.OrdinalIgnoreCase);
            isWhole |= word.Equals("int", StringComparison.OrdinalIgnoreCase);
            words.Dequeue();
        }
        string rest = string.Join(' ', words);
        int at = rest.IndexOf(" step ", StringComparison.OrdinalIgnoreCase);
        string[] bounds = (at < 0 ? rest : rest[..at]).Split("..", StringSplitOptions.TrimEntries);
        if (bounds.Length != 2 || bounds.Any(b => b.Length == 0) || rest.Contains("...", StringComparison.Ordinal)) throw Error(name, text, RangeForm);
        double low = Number(name, text, bounds[0]), high = Number(name, text, bounds[1]);
        double? step = at < 0 ? null : Number(name, text, rest[(at + 6)..].Trim());
        if (!(low < high)) throw Error(name, text, $"the lower bound {bounds[0]} must be below the upper bound {bounds[1]}");
        if (isLog && low <= 0) throw Error(name, text, $"a logarithmic range needs a lower bound above 0, not {bounds[0]}");
        if (isLog && step is not null) throw Error(name, text, "a logarithmic range has no step; list the values instead");
        if (isWhole && (low != Math.Round(low) || high != Math.Round(high) || step is { } s && s != Math.Round(s)))
            throw Error(name, text, "'int' needs whole numbers");
        if (step <= 0 || step > high - low) throw Error(name, text, "the step must be above 0 and no wider than the range");
        if ((high - low) / (step ?? 1) > int.MaxValue - 2 && (isWhole || step is not null)) throw Error(name, text, "that is too many values");
        return new RangeValues(low, high, isLog, isWhole, step);
    }

    private static double Number(string name, string text, string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : throw Error(name, text, $"'{word}' is not a number");
}
