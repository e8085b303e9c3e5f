using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Kernels;

/// <summary>The gradient of some rows of a dense layer's weights: g[k][c] = Σ over the batch of x[i][k]·d[i][c].</summary>
internal static unsafe class DenseGradient<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes rows <paramref name="from"/> to <paramref name="to"/> - 1.</summary>
    /// <param name="x">A pointer to each input row.</param>
    /// <param name="from">The first row of the weights.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="d">The gradient of the output, [count][width].</param>
    /// <param name="width">Columns, padding included.</param>
    /// <param name="count">How many rows the batch has.</param>
    /// <param name="g">Gets the gradients, [to - from][width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T** x, int from, int to, T* d, int width, int count, T* g)
    {
        // Columns are the outer loop: their part of d, and the part of x that a block of weights needs, stay in the nearest cache.
        int c = 0;
        for (; c + 2 * TVec.Count <= width; c += 2 * TVec.Count)
        {
            int k = from;
            T* target = g + c;
            if (TVec.HasManyRegisters)
                for (; k + 8 <= to; k += 8, target += 8 * width) Tile8x2(x, k, d + c, width, count, target);
            for (; k + 4 <= to; k += 4, target += 4 * width) Tile4x2(x, k, d + c, width, count, target);
            for (; k < to; k++, target += width)
            {
                Tile1(x, k, d + c, width, count, target);
                Tile1(x, k, d + c + TVec.Count, width, count, target + TVec.Count);
            }
        }
        if (c == width) return;
        int last = from;
        T* rest = g + c;
        if (TVec.HasManyRegisters)
            for (; last + 8 <= to; last += 8, rest += 8 * width) Tile8x1(x, last, d + c, width, count, rest);
        for (; last + 4 <= to; last += 4, rest += 4 * width) Tile4x1(x, last, d + c, width, count, rest);
        for (; last < to; last++, rest += width) Tile1(x, last, d + c, width, count, rest);
    }

    /// <summary>The gradient of the bias: the sums of d's columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bias(T* d, int width, int count, T* g)
    {
        for (int c = 0; c < width; c += TVec.Count)
        {
            TVec a = default, b = default;
            T* row = d + c;
            int i = 0;
            for (; i + 2 <= count; i += 2, row += 2 * width)
            {
                a += TVec.Load(row);
                b += TVec.Load(row + width);
            }
            if (i < count) a += TVec.Load(row);
            (a + b).Store(g + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2(T** x, int k, T* d, int width, int count, T* g)
    {
        TVec a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        TVec b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
        for (int i = 0; i < count; i++, d += width)
        {
            T* row = x[i] + k;
            TVec u = TVec.Load(d), v = TVec.Load(d + TVec.Count), f = TVec.Create(row[0]);
            a0 = TVec.MultiplyAdd(f, u, a0);
            b0 = TVec.MultiplyAdd(f, v, b0);
            f = TVec.Create(row[1]);
            a1 = TVec.MultiplyAdd(f, u, a1);
            b1 = TVec.MultiplyAdd(f, v, b1);
            f = TVec.Create(row[2]);
            a2 = TVec.MultiplyAdd(f, u, a2);
            b2 = TVec.MultiplyAdd(f, v, b2);
            f = TVec.Create(row[3]);
            a3 = TVec.MultiplyAdd(f, u, a3);
            b3 = TVec.MultiplyAdd(f, v, b3);
            f = TVec.Create(row[4]);
            a4 = TVec.MultiplyAdd(f, u, a4);
            b4 = TVec.MultiplyAdd(f, v, b4);
            f = TVec.Create(row[5]);
            a5 = TVec.MultiplyAdd(f, u, a5);
            b5 = TVec.MultiplyAdd(f, v, b5);
            f = TVec.Create(row[6]);
            a6 = TVec.MultiplyAdd(f, u, a6);
            b6 = TVec.MultiplyAdd(f, v, b6);
            f = TVec.Create(row[7]);
            a7 = TVec.MultiplyAdd(f, u, a7);
            b7 = TVec.MultiplyAdd(f, v, b7);
        }
        Store(g, a0, b0);
        Store(g += width, a1, b1);
        Store(g += width, a2, b2);
        Store(g += width, a3, b3);
        Store(g += width, a4, b4);
        Store(g += width, a5, b5);
        Store(g += width, a6, b6);
        Store(g + width, a7, b7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2(T** x, int k, T* d, int width, int count, T* g)
    {
        TVec a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int i = 0; i < count; i++, d += width)
        {
            T* row = x[i] + k;
            TVec u = TVec.Load(d), v = TVec.Load(d + TVec.Count), f = TVec.Create(row[0]);
            a0 = TVec.MultiplyAdd(f, u, a0);
            b0 = TVec.MultiplyAdd(f, v, b0);
            f = TVec.Create(row[1]);
            a1 = TVec.MultiplyAdd(f, u, a1);
            b1 = TVec.MultiplyAdd(f, v, b1);
            f = TVec.Create(row[2]);
            a2 = TVec.MultiplyAdd(f, u, a2);
            b2 = TVec.MultiplyAdd(f, v, b2);
            f = TVec.Create(row[3]);
            a3 = TVec.MultiplyAdd(f, u, a3);
            b3 = TVec.MultiplyAdd(f, v, b3);
        }
        Store(g, a0, b0);
        Store(g += width, a1, b1);
        Store(g += width, a2, b2);
        Store(g + width, a3, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1(T** x, int k, T* d, int width, int count, T* g)
    {
        TVec a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        for (int i = 0; i < count; i++, d += width)
        {
            T* row = x[i] + k;
            TVec u = TVec.Load(d);
            a0 = TVec.MultiplyAdd(TVec.Create(row[0]), u, a0);
            a1 = TVec.MultiplyAdd(TVec.Create(row[1]), u, a1);
            a2 = TVec.MultiplyAdd(TVec.Create(row[2]), u, a2);
            a3 = TVec.MultiplyAdd(TVec.Create(row[3]), u, a3);
            a4 = TVec.MultiplyAdd(TVec.Create(row[4]), u, a4);
            a5 = TVec.MultiplyAdd(TVec.Create(row[5]), u, a5);
            a6 = TVec.MultiplyAdd(TVec.Create(row[6]), u, a6);
            a7 = TVec.MultiplyAdd(TVec.Create(row[7]), u, a7);
        }
        a0.Store(g);
        a1.Store(g += width);
        a2.Store(g += width);
        a3.Store(g += width);
        a4.Store(g += width);
        a5.Store(g += width);
        a6.Store(g += width);
        a7.Store(g + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1(T** x, int k, T* d, int width, int count, T* g)
    {
        TVec a0 = default, a1 = default, a2 = default, a3 = default;
        for (int i = 0; i < count; i++, d += width)
        {
            T* row = x[i] + k;
            TVec u = TVec.Load(d);
            a0 = TVec.MultiplyAdd(TVec.Create(row[0]), u, a0);
            a1 = TVec.MultiplyAdd(TVec.Create(row[1]), u, a1);
            a2 = TVec.MultiplyAdd(TVec.Create(row[2]), u, a2);
            a3 = TVec.MultiplyAdd(TVec.Create(row[3]), u, a3);
        }
        a0.Store(g);
        a1.Store(g += width);
        a2.Store(g += width);
        a3.Store(g + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile1(T** x, int k, T* d, int width, int count, T* g)
    {
        TVec sum = default;
        for (int i = 0; i < count; i++) sum = TVec.MultiplyAdd(TVec.Create(x[i][k]), TVec.Load(d + (nint)i * width), sum);
        sum.Store(g);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* g, TVec a, TVec b)
    {
        a.Store(g);
        b.Store(g + TVec.Count);
    }
}
