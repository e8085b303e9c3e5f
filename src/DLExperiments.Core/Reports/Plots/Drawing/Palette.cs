using System.Globalization;

namespace DLExperiments.Reports.Plots.Drawing;

/// <summary>
/// Colours that people with any colour vision can tell apart: the qualitative set of Okabe and Ito (2008), without its yellow on white
/// and its black on black, and sequential ramps of steadily changing lightness.
/// </summary>
internal sealed class Palette
{
    private static readonly Palette LightPalette = new()
    {
        Background = "#ffffff", Ink = "#1f2328", Faint = "#57606a", Grid = "#e4e7eb", Frame = "#8c959f",
        Series = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"],
        Counts = ["#ffffff", "#d3e4f1", "#8fbfdf", "#3f8fc4", "#0072b2", "#00416a"],
    };

    private static readonly Palette DarkPalette = new()
    {
        Background = "#14171c", Ink = "#e8eaed", Faint = "#a7adb5", Grid = "#2c323a", Frame = "#6b737d",
        Series = ["#56b4e9", "#e69f00", "#00b386", "#e08fbb", "#f0e442", "#ff7a1a", "#ffffff"],
        Counts = ["#1b2027", "#173a54", "#12578a", "#1b7fc4", "#56b4e9", "#c4e6fb"],
    };

    // Viridis (van der Walt and Smith 2015) at ten places; between them it is nearly straight.
    private static readonly string[] Viridis =
        ["#440154", "#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6dcd59", "#b4de2c", "#fde725"];

    private static readonly string[] Diverging = ["#0072b2", "#7fb8d8", "#f7f7f7", "#eaae80", "#d55e00"];

    internal required string Background { get; init; }

    internal required string Ink { get; init; }

    internal required string Faint { get; init; }

    internal required string Grid { get; init; }

    internal required string Frame { get; init; }

    internal required string[] Series { get; init; }

    internal required string[] Counts { get; init; }

    internal static Palette Of(PlotTheme theme) => theme == PlotTheme.Dark ? DarkPalette : LightPalette;

    internal string Colour(int series) => Series[series % Series.Length];

    /// <summary>The colour of a value from 0 to 1 on a ramp.</summary>
    internal string Ramp(ColourRamp ramp, double value)
    {
        (int r, int g, int b) = RampRgb(ramp, value);
        return $"#{r:x2}{g:x2}{b:x2}";
    }

    internal (int R, int G, int B) RampRgb(ColourRamp ramp, double value)
    {
        string[] stops = ramp switch { ColourRamp.Counts => Counts, ColourRamp.Diverging => Diverging, _ => Viridis };
        double at = Math.Clamp(double.IsNaN(value) ? 0 : value, 0, 1) * (stops.Length - 1);
        int low = Math.Min((int)at, stops.Length - 2);
        (int r0, int g0, int b0) = Rgb(stops[low]);
        (int r1, int g1, int b1) = Rgb(stops[low + 1]);
        double t = at - low;
        return (Mix(r0, r1, t), Mix(g0, g1, t), Mix(b0, b1, t));
    }

    /// <summary>Black or white, whichever is read better on a colour (relative luminance of WCAG 2).</summary>
    internal static string InkOn(string colour)
    {
        (int r, int g, int b) = Rgb(colour);
        return .2126 * Linear(r) + .7152 * Linear(g) + .0722 * Linear(b) > .18 ? "#000000" : "#ffffff";
    }

    internal static (int R, int G, int B) Rgb(string colour)
    {
        int value = int.Parse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (value >> 16, (value >> 8) & 255, value & 255);
    }

    private static int Mix(int a, int b, double t) => (int)Math.Round(a + (b - a) * t);

    private static double Linear(int channel)
    {
        double c = channel / 255.0;
        return c <= .03928 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4);
    }
}
