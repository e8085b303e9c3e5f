using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Kernels;

/// <summary>The gradient of a dense layer's input: dx[r][k] = Σ over columns of d[r][c]·w[k][c]. Padding of d and w is 0.</summary>
internal static unsafe class DenseBackward<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Inputs that a tile computes together.</summary>
    public const int InputUnit = 4;

    /// <summary>Computes some rows.</summary>
    /// <param name="d">The gradient of the output, [rows][width].</param>
    /// <param name="width">Columns, padding included.</param>
    /// <param name="w">The weights, [inputs][width].</param>
    /// <param name="inputs">Numbers in an input row.</param>
    /// <param name="dx">Gets the gradient of the input, [rows][inputWidth]; its padding is left as it is.</param>
    /// <param name="inputWidth">The width of its rows.</param>
    /// <param name="rows">How many rows.</param>
    public static void Run(T* d, int width, T* w, int inputs, T* dx, int inputWidth, int rows) => Run(d, width, w, dx, inputWidth, rows, 0, inputs);

    /// <summary>Computes some rows of some inputs, each number as if all were computed.</summary>
    /// <param name="d">The gradient of the output, [rows][width].</param>
    /// <param name="width">Columns, padding included.</param>
    /// <param name="w">The weights, [inputs][width].</param>
    /// <param name="dx">Gets the gradient of the input, [rows][inputWidth].</param>
    /// <param name="inputWidth">The width of its rows.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="from">The first input, a multiple of <see cref="InputUnit"/>.</param>
    /// <param name="to">The input after the last, another multiple or their number.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* d, int width, T* w, T* dx, int inputWidth, int rows, int from, int to)
    {
        int k = from;
        // Four rows of weights at a time: they stay in the nearest cache for all rows of the batch.
        for (; k + InputUnit <= to; k += InputUnit)
        {
            T* wk = w + (nint)k * width;
            int r = 0;
            if (TVec.HasManyRegisters)
                for (; r + 4 <= rows; r += 4) Tile4x4(d + (nint)r * width, width, wk, dx + (nint)r * inputWidth + k, inputWidth);
            for (; r + 2 <= rows; r += 2) Tile2x4(d + (nint)r * width, width, wk, dx + (nint)r * inputWidth + k, inputWidth);
            for (; r < rows; r++)
                for (int j = 0; j < 4; j++) dx[(nint)r * inputWidth + k + j] = Dot(d + (nint)r * width, wk + (nint)j * width, width);
        }
        for (; k < to; k++)
            for (int r = 0; r < rows; r++) dx[(nint)r * inputWidth + k] = Dot(d + (nint)r * width, w + (nint)k * width, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x4(T* d, int width, T* w, T* dx, int inputWidth)
    {
        T* d1 = d + width, d2 = d1 + width, d3 = d2 + width, w1 = w + width, w2 = w1 + width, w3 = w2 + width;
        TVec a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        TVec c0 = default, c1 = default, c2 = default, c3 = default, e0 = default, e1 = default, e2 = default, e3 = default;
        for (int j = 0; j < width; j += TVec.Count)
        {
            TVec u0 = TVec.Load(w + j), u1 = TVec.Load(w1 + j), u2 = TVec.Load(w2 + j), u3 = TVec.Load(w3 + j), f = TVec.Load(d + j);
            a0 = TVec.MultiplyAdd(f, u0, a0);
            a1 = TVec.MultiplyAdd(f, u1, a1);
            a2 = TVec.MultiplyAdd(f, u2, a2);
            a3 = TVec.MultiplyAdd(f, u3, a3);
            f = TVec.Load(d1 + j);
            b0 = TVec.MultiplyAdd(f, u0, b0);
            b1 = TVec.MultiplyAdd(f, u1, b1);
            b2 = TVec.MultiplyAdd(f, u2, b2);
            b3 = TVec.MultiplyAdd(f, u3, b3);
            f = TVec.Load(d2 + j);
            c0 = TVec.MultiplyAdd(f, u0, c0);
            c1 = TVec.MultiplyAdd(f, u1, c1);
            c2 = TVec.MultiplyAdd(f, u2, c2);
            c3 = TVec.MultiplyAdd(f, u3, c3);
            f = TVec.Load(d3 + j);
            e0 = TVec.MultiplyAdd(f, u0, e0);
            e1 = TVec.MultiplyAdd(f, u1, e1);
            e2 = TVec.MultiplyAdd(f, u2, e2);
            e3 = TVec.MultiplyAdd(f, u3, e3);
        }
        TVec.StoreSums(dx, a0, a1, a2, a3);
        TVec.StoreSums(dx + inputWidth, b0, b1, b2, b3);
        TVec.StoreSums(dx + 2 * inputWidth, c0, c1, c2, c3);
        TVec.StoreSums(dx + 3 * inputWidth, e0, e1, e2, e3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x4(T* d, int width, T* w, T* dx, int inputWidth)
    {
        T* d1 = d + width, w1 = w + width, w2 = w1 + width, w3 = w2 + width;
        TVec a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int j = 0; j < width; j += TVec.Count)
        {
            TVec f = TVec.Load(d + j), g = TVec.Load(d1 + j), u = TVec.Load(w + j);
            a0 = TVec.MultiplyAdd(f, u, a0);
            b0 = TVec.MultiplyAdd(g, u, b0);
            u = TVec.Load(w1 + j);
            a1 = TVec.MultiplyAdd(f, u, a1);
            b1 = TVec.MultiplyAdd(g, u, b1);
            u = TVec.Load(w2 + j);
            a2 = TVec.MultiplyAdd(f, u, a2);
            b2 = TVec.MultiplyAdd(g, u, b2);
            u = TVec.Load(w3 + j);
            a3 = TVec.MultiplyAdd(f, u, a3);
            b3 = TVec.MultiplyAdd(g, u, b3);
        }
        TVec.StoreSums(dx, a0, a1, a2, a3);
        TVec.StoreSums(dx + inputWidth, b0, b1, b2, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot(T* a, T* b, int width)
    {
        TVec sum = default;
        for (int j = 0; j < width; j += TVec.Count) sum = TVec.MultiplyAdd(TVec.Load(a + j), TVec.Load(b + j), sum);
        return TVec.Sum(sum);
    }
}
