using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Commands;

/// <summary>
/// Reads a length of time as people write it: 00:10:00, '90 s', '10 min', '2 h', '1 d'. A number alone is refused, since PowerShell takes 60 for 60 ten-millionths of a second and
/// '60' for 60 days.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null or TimeSpan) return plain;
        string text = Convert.ToString(plain, CultureInfo.InvariantCulture)!.Trim(), number = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ "]);
        if (text.Contains(':', StringComparison.Ordinal)) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : throw Refused(text);
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || Math.Abs(value) > 1e6) throw Refused(text);
        double seconds = text[number.Length..].Trim().ToLowerInvariant() switch
        {
            "ms" => .001,
            "s" or "sec" or "second" or "seconds" => 1,
            "m" or "min" or "minute" or "minutes" => 60,
            "h" or "hour" or "hours" => 3600,
            "d" or "day" or "days" => 86400,
            "" when value == 0 => 1,
            _ => throw Refused(text),
        };
        return TimeSpan.FromSeconds(value * seconds);
    }

    private static ArgumentTransformationMetadataException Refused(string text) =>
        new($"'{text}' is no length of time: write '90 s', '10 min', '2 h', or 00:10:00 for ten minutes.");
}
