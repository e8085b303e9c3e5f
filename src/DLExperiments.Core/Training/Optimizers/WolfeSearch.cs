namespace DLExperiments.Training.Optimizers;

/// <summary>
/// A line search for the strong Wolfe conditions (Nocedal, Wright 2006, algorithms 3.5 and 3.6; bounds and safeguards as in Schmidt's minFunc, from which
/// PyTorch has them): the step grows until an interval holds a good one, and the interval shrinks around it, each time by the minimum of a cubic.
/// </summary>
/// <param name="evaluate">Computes the point at a distance.</param>
/// <param name="start">The point at distance 0; its slope is negative.</param>
/// <param name="greatest">The greatest component of the direction.</param>
/// <param name="least">An interval in which no parameter moves further than this is not divided.</param>
internal sealed class WolfeSearch(Func<double, LinePoint> evaluate, LinePoint start, double greatest, double least)
{
    private const double Descent = 1e-4, Flatness = 0.9;
    private const int MostTrials = 25;

    private int trials;

    /// <summary>Searches.</summary>
    /// <param name="step">The distance to try first.</param>
    internal LinePoint Find(double step)
    {
        LinePoint before = start, now = Evaluate(step);
        for (trials = 0; trials < MostTrials; trials++)
        {
            if (IsTooHigh(now) || trials > 1 && now.Loss >= before.Loss) return Narrow(before, now);
            if (IsFlat(now)) return now;
            if (now.Slope >= 0) return Narrow(before, now);
            double next = Lowest(before, now, now.Step + 0.01 * (now.Step - before.Step), now.Step * 10);
            (before, now) = (now, Evaluate(next));
        }
        return start.Loss <= now.Loss ? start : now;
    }

    private LinePoint Narrow(LinePoint first, LinePoint second)
    {
        LinePoint[] ends = [first, second];
        bool creeps = false;
        int low = Low(ends);
        while (trials < MostTrials && Math.Abs(ends[1].Step - ends[0].Step) * greatest >= least)
        {
            double from = Math.Min(ends[0].Step, ends[1].Step), to = Math.Max(ends[0].Step, ends[1].Step);
            LinePoint trial = Evaluate(Place(Lowest(ends[0], ends[1], from, to), from, to, ref creeps));
            trials++;
            if (IsTooHigh(trial) || trial.Loss >= ends[low].Loss)
            {
                ends[1 - low] = trial;
                low = Low(ends);
                continue;
            }
            if (IsFlat(trial)) return trial;
            if (trial.Slope * (ends[1 - low].Step - ends[low].Step) >= 0) ends[1 - low] = ends[low];
            ends[low] = trial;
        }
        return ends[low];
    }

    /// <summary>Keeps a step away from the ends of its interval when the last one was near them too.</summary>
    private static double Place(double step, double from, double to, ref bool creeps)
    {
        double margin = 0.1 * (to - from);
        if (Math.Min(to - step, step - from) >= margin)
        {
            creeps = false;
            return step;
        }
        if (!creeps && step < to && step > from)
        {
            creeps = true;
            return step;
        }
        creeps = false;
        return Math.Abs(step - to) < Math.Abs(step - from) ? to - margin : from + margin;
    }

    /// <summary>Where the cubic through two points with their slopes is lowest, within bounds; their middle where it has no minimum.</summary>
    private static double Lowest(LinePoint a, LinePoint b, double from, double to)
    {
        (LinePoint left, LinePoint right) = a.Step <= b.Step ? (a, b) : (b, a);
        double d = left.Slope + right.Slope - 3 * (left.Loss - right.Loss) / (left.Step - right.Step), square = d * d - left.Slope * right.Slope;
        double root = Math.Sqrt(square);
        double step = right.Step - (right.Step - left.Step) * ((right.Slope + root - d) / (right.Slope - left.Slope + 2 * root));
        // Also the middle where the loss at an end is not a number: the cubic says nothing there.
        return double.IsFinite(step) ? Math.Clamp(step, from, to) : (from + to) / 2;
    }

    private LinePoint Evaluate(double step)
    {
        LinePoint point = evaluate(step);
        // A step so long that the loss is not a number is too long; nothing else follows from it.
        return double.IsFinite(point.Loss) ? point : point with { Loss = double.PositiveInfinity };
    }

    private bool IsTooHigh(LinePoint point) => point.Loss > start.Loss + Descent * point.Step * start.Slope;

    private bool IsFlat(LinePoint point) => Math.Abs(point.Slope) <= -Flatness * start.Slope;

    private static int Low(LinePoint[] ends) => ends[0].Loss <= ends[1].Loss ? 0 : 1;
}
