using System.Globalization;

namespace DLExperiments.Reports.Plots.Charts;

/// <summary>One axis: what it spans, linear, logarithmic or of named places, and where its ticks are.</summary>
internal sealed class Axis
{
    private double low = double.PositiveInfinity, high = double.NegativeInfinity;

    internal string Label { get; set; } = "";

    internal bool Log { get; init; }

    /// <summary>Names of the places 0, 1, 2, ...; null for numbers.</summary>
    internal IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Whether it runs the other way: rows of a matrix from the top.</summary>
    internal bool Reversed { get; init; }

    /// <summary>Whether the data's ends are the axis's ends: pixels fill it.</summary>
    internal bool Tight { get; init; }

    /// <summary>Whether zero, when it is an end of the data, is the end of the axis: bars stand on it.</summary>
    internal bool Grounded { get; init; }

    /// <summary>Whether only whole numbers are ticks: epochs.</summary>
    internal bool Whole { get; init; }

    /// <summary>Whether ticks and labels are drawn; an image has none.</summary>
    internal bool Visible { get; init; } = true;

    internal double Low { get; private set; }

    internal double High { get; private set; }

    internal bool IsEmpty => low > high;

    /// <summary>Whether a value has a place on the axis.</summary>
    internal bool Takes(double value) => double.IsFinite(value) && (!Log || value > 0);

    internal void Include(double value)
    {
        if (!Takes(value)) return;
        low = Math.Min(low, value);
        high = Math.Max(high, value);
    }

    internal void Include(IEnumerable<double> values)
    {
        foreach (double value in values) Include(value);
    }

    /// <summary>Sets the ends once all values are known.</summary>
    internal void Fit()
    {
        (Low, High) = Categories is not null ? (-.5, Categories.Count - .5) : IsEmpty ? (Log ? (.1, 1) : (0, 1)) : (low, high);
        if (Categories is not null) return;
        if (Log)
        {
            double spread = Math.Log10(High) - Math.Log10(Low); // the quotient itself may overflow
            double margin = Math.Pow(10, spread == 0 ? .3 : Tight ? 0 : spread * .04);
            (Low, High) = (Math.Max(Low / margin, 1e-307), Math.Min(High * margin, 1e308)); // beyond these, powers of ten lose digits
            return;
        }
        // A quarter of each end first: the difference of two huge ends would overflow.
        double range = High / 4 - Low / 4 is var quarter && double.IsInfinity(quarter * 4) ? double.MaxValue : quarter * 4;
        if (range <= Math.Max(Math.Abs(Low), Math.Abs(High)) * 1e-12)
        {
            double room = Whole ? 1 : Math.Max(Math.Abs(Low) * .05, Low == 0 ? 1 : 1e-300);
            (Low, High) = (Low - room, High + room);
        }
        else if (!Tight && !Whole)
        {
            double room = range * .04;
            (Low, High) = (Grounded && Low == 0 ? 0 : Math.Max(Low - room, double.MinValue), Grounded && High == 0 ? 0 : Math.Min(High + room, double.MaxValue));
        }
    }

    /// <summary>The place of a value, 0 at the start of the axis and 1 at its end.</summary>
    internal double Map(double value)
    {
        double at = Log ? (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low)) : (value / 2 - Low / 2) / (High / 2 - Low / 2);
        return Reversed ? 1 - at : at;
    }

    /// <summary>The ticks, some of them without a label when there are too many.</summary>
    /// <param name="most">How many fit.</param>
    internal IReadOnlyList<Tick> Ticks(int most)
    {
        if (Categories is not null) return [.. Categories.Select((name, i) => new Tick(i, name))];
        return Log ? LogTicks(most) : LinearTicks(most);
    }

    private List<Tick> LinearTicks(int most)
    {
        double range = High - Low, rough = range / Math.Max(1, most);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        if (power == 0 || !double.IsFinite(range)) return [new Tick(Low, Number(Low)), new Tick(High, Number(High))];
        double[] steps = [1, 2, 5, 10];
        double step = steps.First(s => s * power >= rough * .999) * power;
        if (Whole) step = Math.Max(1, Math.Round(step));
        var values = new List<double>();
        for (double i = Math.Ceiling(Low / step - 1e-9); i * step <= High + step * 1e-9 && values.Count < 100; i++) values.Add(i == 0 ? 0 : i * step); // never -0
        double largest = values.Count == 0 ? 0 : values.Max(Math.Abs);
        int decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
        bool exponent = largest >= 1e6 || (largest > 0 && largest < 1e-3);
        return [.. values.Select(v => new Tick(v, exponent ? Exponent(v, step) : v.ToString($"F{decimals}", CultureInfo.InvariantCulture)))];
    }

    private List<Tick> LogTicks(int most)
    {
        int first = (int)Math.Floor(Math.Log10(Low)), last = (int)Math.Ceiling(Math.Log10(High));
        var powers = new List<double>();
        for (int p = first; p <= last; p++) powers.Add(p);
        double decades = Math.Log10(High) - Math.Log10(Low);
        // Less than two decades: 1, 2 and 5 of each are labelled, less than a third: as on a linear axis.
        if (decades < .35) return LinearTicks(most);
        double[] factors = decades * 3 <= most ? [1, 2, 5] : [1];
        int stride = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, most)));
        var ticks = new List<Tick>();
        foreach (double power in powers)
            foreach (double factor in factors)
            {
                double value = factor * Math.Pow(10, power);
                if (value >= Low * .999999 && value <= High * 1.000001 && ((int)power % stride == 0)) ticks.Add(new Tick(value, Number(value)));
            }
        return ticks.Count >= 2 ? ticks : [new Tick(Low, Number(Low)), new Tick(High, Number(High))];
    }

    /// <summary>A number as short as it can be read: 0.001, 1e-5, 12.5.</summary>
    internal static string Number(double value)
    {
        double size = Math.Abs(value);
        return value == 0 || (size >= 1e-3 && size < 1e5) ? value.ToString("G4", CultureInfo.InvariantCulture) : Exponent(value, size / 1000);
    }

    private static string Exponent(double value, double step)
    {
        if (value == 0) return "0";
        int power = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        int decimals = Math.Clamp(power - (int)Math.Floor(Math.Log10(step) + 1e-9), 0, 3);
        string mantissa = (value / Math.Pow(10, power)).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
        return $"{mantissa}e{power.ToString(CultureInfo.InvariantCulture)}";
    }
}

/// <summary>A mark on an axis.</summary>
internal readonly record struct Tick(double Value, string Label);
