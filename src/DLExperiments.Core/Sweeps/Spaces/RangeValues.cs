namespace DLExperiments.Sweeps.Spaces;

/// <summary>Numbers between two bounds, both included: all of them, whole ones, or those of a step; evenly or by their logarithm.</summary>
public sealed class RangeValues : SpaceValues
{
    private readonly double first, last;
    private readonly int? steps;

    /// <summary>Makes a range.</summary>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, above the lower one; with a step the last value is the greatest that is not above it.</param>
    /// <param name="isLog">Whether equal ratios are equal distances; the lower bound must then be above 0.</param>
    /// <param name="isWhole">Whether only whole numbers count.</param>
    /// <param name="step">The distance of neighbours, or null.</param>
    public RangeValues(double minimum, double maximum, bool isLog, bool isWhole, double? step)
    {
        (Minimum, Maximum, IsLog, IsWhole, Step) = (minimum, maximum, isLog, isWhole, step);
        if (step is { } width) steps = checked((int)Math.Floor((maximum - minimum) / width + 1e-9)) + 1;
        else if (isWhole) steps = checked((int)(maximum - minimum)) + 1;
        // Whole numbers own the half unit on either side, so that rounding gives the bounds their full share.
        (first, last) = isLog ? (Math.Log(isWhole ? minimum - .5 : minimum), Math.Log(isWhole ? maximum + .5 : maximum)) : (minimum, maximum);
    }

    /// <summary>The lower bound.</summary>
    public double Minimum { get; }

    /// <summary>The upper bound.</summary>
    public double Maximum { get; }

    /// <summary>Whether equal ratios are equal distances.</summary>
    public bool IsLog { get; }

    /// <summary>Whether only whole numbers count.</summary>
    public bool IsWhole { get; }

    /// <summary>The distance of neighbours, or null.</summary>
    public double? Step { get; }

    /// <inheritdoc/>
    public override int? Levels => steps;

    /// <inheritdoc/>
    public override bool IsListed => Step is not null;

    /// <inheritdoc/>
    public override object At(double u)
    {
        if (steps is { } n && !IsLog) return Value(Minimum + (double)((decimal)(Step ?? 1) * Part(u, n)));
        double x = u <= 0 ? Minimum : u >= 1 ? Maximum : first + u * (last - first);
        if (IsLog && u is > 0 and < 1) x = Math.Exp(x);
        return Value(Math.Clamp(IsWhole ? Math.Round(x) : x, Minimum, Maximum));
    }

    /// <inheritdoc/>
    public override double? PlaceOf(object? value)
    {
        if (!TryNumber(value, out double x) || x < Minimum || x > Maximum) return null;
        if (IsWhole && x != Math.Round(x)) return null;
        if (steps is { } n && !IsLog)
        {
            double place = (x - Minimum) / (Step ?? 1);
            return Math.Abs(place - Math.Round(place)) > 1e-6 ? null : (Math.Round(place) + .5) / n;
        }
        return ((IsLog ? Math.Log(x) : x) - first) / (last - first);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (IsLog ? "log " : "") + (IsWhole ? "int " : "") + $"{Text(Minimum)}..{Text(Maximum)}" + (Step is { } step ? $" step {Text(step)}" : "");

    // A step such as 0.1 has no exact binary form; 15 digits give 0.3 and not 0.30000000000000004.
    private object Value(double x) => IsWhole ? (object)(long)Math.Round(x) : Step is not null ? Math.Round(x, 15) : x;
}
