namespace DLExperiments.Evaluation.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>The probability of a value up to t: 1 - I(ν/(ν+t²); ν/2, 1/2) / 2 for t ≥ 0.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double Cumulative(double t, double degrees)
    {
        double tail = .5 * RegularisedBeta(degrees / (degrees + t * t), degrees / 2, .5);
        return t >= 0 ? 1 - tail : tail;
    }

    /// <summary>The value below which a share of the distribution lies.</summary>
    /// <param name="probability">The share, above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double Quantile(double probability, double degrees)
    {
        if (probability == .5) return 0;
        if (probability < .5) return -Quantile(1 - probability, degrees);
        double low = 0, high = 1;
        while (Cumulative(high, degrees) < probability) high *= 2;
        for (int i = 0; i < 200 && high - low > 1e-14 * high; i++)
        {
            double middle = (low + high) / 2;
            if (Cumulative(middle, degrees) < probability) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    // Continued fraction of the incomplete beta function (DLMF 8.17.22), evaluated by Lentz's method.
    private static double RegularisedBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - RegularisedBeta(1 - x, b, a);
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x)) / a;
        const double tiny = 1e-300;
        double f = 1, c = 1, d = 0;
        for (int i = 0; i <= 400; i++)
        {
            int m = i / 2;
            double term = i == 0 ? 1
                : i % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 + term * d;
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = 1 + term / c;
            if (Math.Abs(c) < tiny) c = tiny;
            f *= c * d;
            if (Math.Abs(1 - c * d) < 1e-15) break;
        }
        return front * (f - 1);
    }

    // Stirling's series (DLMF 5.11.1) after shifting the argument above 10, where its error is below 1e-15.
    private static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++) shift -= Math.Log(x);
        double y = 1 / (x * x);
        return shift + (x - .5) * Math.Log(x) - x + .5 * Math.Log(2 * Math.PI)
            + (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y / 1188)))) / x;
    }
}
