using System.Globalization;
using DLExperiments.Data;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>What stands above the picture of one row: its class, or its number.</summary>
internal static class RowTitle
{
    internal static string Of(Dataset data, int row)
    {
        if (data.Targets.FirstOrDefault() is not { ItemShape.Count: 0 }) return "";
        float[] value = new float[1];
        data.ReadTarget(0, [row], value);
        return data.ClassNames is { } names ? Shown(names[(int)value[0]]) : value[0].ToString("G4", CultureInfo.InvariantCulture);
    }

    /// <summary>A text in one line: line ends and tabs as signs.</summary>
    internal static string Shown(string text) => text.Replace("\r", "").Replace('\n', '⏎').Replace('\t', '⇥');
}
