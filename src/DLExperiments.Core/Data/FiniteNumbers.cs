using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DLExperiments.Data;

/// <summary>Tells whether numbers are finite, some at a time.</summary>
internal static class FiniteNumbers
{
    /// <summary>Whether there is no NaN and no infinity: their exponents are all ones.</summary>
    internal static bool Are(ReadOnlySpan<float> values)
    {
        // Of 128 bits, because such code is compiled before the program starts.
        ReadOnlySpan<Vector128<int>> vectors = MemoryMarshal.Cast<float, Vector128<int>>(values);
        Vector128<int> exponent = Vector128.Create(0x7F80_0000), odd = Vector128<int>.Zero;
        foreach (Vector128<int> vector in vectors) odd |= Vector128.Equals(vector & exponent, exponent);
        if (odd != Vector128<int>.Zero) return false;
        foreach (float value in values[(vectors.Length * Vector128<float>.Count)..])
            if (!float.IsFinite(value)) return false;
        return true;
    }
}
