using System.Numerics;
using System.Runtime.CompilerServices;

namespace DLExperiments.Training.Fused.Lanes;

/// <summary>Elementary functions on vectors, exact to the last digit or two of the number type; NaN stays NaN.</summary>
internal static class VectorMath<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>1.5·2^23 (2^52 for 64 bits): adding it leaves the rounded whole number in the lowest bits.</summary>
    public static T Magic => T.CreateTruncating(typeof(T) == typeof(float) ? 12582912.0 : 6755399441055744.0);

    private static double LargestExponent => typeof(T) == typeof(float) ? 88.3 : 709.0;

    private static double SmallestExponent => typeof(T) == typeof(float) ? -87.3 : -708.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Number(double value) => TVec.Create(T.CreateTruncating(value));

    /// <summary>eˣ; x is kept within what the type can hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Exp(TVec x)
    {
        TVec tail = ExpTail(Clamp(x), out TVec power);
        return TVec.MultiplyAdd(power, tail, power);
    }

    /// <summary>eˣ − 1, exact near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec ExpMinusOne(TVec x)
    {
        TVec tail = ExpTail(Clamp(x), out TVec power);
        return TVec.MultiplyAdd(power, tail, power - Number(1));
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Sigmoid(TVec x) => Number(1) / (Number(1) + Exp(default(TVec) - x));

    /// <summary>tanh x = −m/(m + 2) with m = e^(−2|x|) − 1, and the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Tanh(TVec x)
    {
        TVec m = ExpMinusOne(Number(-2) * TVec.Abs(x)), size = default(TVec) - (m / (m + Number(2)));
        return TVec.Select(TVec.Greater(default, x), default(TVec) - size, size);
    }

    /// <summary>ln(1 + e⁻ˣ) for x of 0 and more, by 2·artanh(y/(2+y)) with y = e⁻ˣ, whose series ends soon since the argument is at most 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec LogOnePlusExpMinus(TVec x)
    {
        TVec y = Exp(default(TVec) - x), s = y / (y + Number(2)), square = s * s;
        int terms = typeof(T) == typeof(float) ? 15 : 33;
        TVec sum = Number(1.0 / terms);
        for (int n = terms - 2; n >= 1; n -= 2) sum = TVec.MultiplyAdd(sum, square, Number(1.0 / n));
        return (s + s) * sum;
    }

    /// <summary>ln(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Softplus(TVec x)
    {
        TVec positive = TVec.Where(TVec.Greater(x, default), x);
        // x − x is 0, or NaN where x is NaN: the comparison above would hide it.
        return positive + LogOnePlusExpMinus(TVec.Abs(x)) + (x - x);
    }

    /// <summary>
    /// The standard normal distribution Φ(x). 32 bits: Abramowitz and Stegun 7.1.26 (absolute error below 1e-7 for Φ); 64 bits: the series
    /// erf z = 2/√π · e^(−z²) Σ 2ⁿz^(2n+1)/(2n+1)!!.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe TVec Normal(TVec x)
    {
        if (typeof(T) != typeof(float))
        {
            T* lanes = stackalloc T[16];
            x.Store(lanes);
            for (int i = 0; i < TVec.Count; i++) lanes[i] = T.CreateTruncating(0.5 * (1 + Erf(double.CreateTruncating(lanes[i]) * Math.Sqrt(0.5))));
            return TVec.Load(lanes);
        }
        TVec z = TVec.Abs(x) * Number(Math.Sqrt(0.5)), t = Number(1) / TVec.MultiplyAdd(Number(0.3275911), z, Number(1));
        TVec sum = TVec.MultiplyAdd(Number(1.061405429), t, Number(-1.453152027));
        sum = TVec.MultiplyAdd(sum, t, Number(1.421413741));
        sum = TVec.MultiplyAdd(sum, t, Number(-0.284496736));
        sum = TVec.MultiplyAdd(sum, t, Number(0.254829592));
        TVec half = Number(0.5) * sum * t * Exp(default(TVec) - (z * z));
        return TVec.Select(TVec.Greater(default, x), half, Number(1) - half);
    }

    private static double Erf(double z)
    {
        if (Math.Abs(z) > 6) return Math.Sign(z);
        double term = z, sum = z;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++) sum += term *= 2 * z * z / (2 * n + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVec Clamp(TVec x)
    {
        TVec largest = Number(LargestExponent), smallest = Number(SmallestExponent);
        x = TVec.Select(TVec.Greater(x, largest), largest, x);
        return TVec.Select(TVec.Greater(smallest, x), smallest, x);
    }

    /// <summary>eˣ = 2ⁿ(1 + tail) with x = n·ln 2 + r, |r| at most ½ ln 2, and the Taylor series of eʳ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVec ExpTail(TVec x, out TVec power)
    {
        TVec magic = TVec.Create(Magic), shifted = TVec.MultiplyAdd(x, Number(1.4426950408889634), magic), n = shifted - magic;
        power = TVec.Power2(shifted);
        // ln 2 in two parts, the first with few digits, so that n times it is exact.
        TVec r = TVec.MultiplyAdd(n, Number(typeof(T) == typeof(float) ? -0.693359375 : -0.69314718036912382), x);
        r = TVec.MultiplyAdd(n, Number(typeof(T) == typeof(float) ? 2.12194440054690583e-4 : -1.90821492927058770e-10), r);
        int degree = typeof(T) == typeof(float) ? 7 : 13;
        TVec sum = Number(1);
        for (int k = degree; k >= 2; k--) sum = TVec.MultiplyAdd(sum * r, Number(1.0 / k), Number(1));
        return sum * r;
    }
}
