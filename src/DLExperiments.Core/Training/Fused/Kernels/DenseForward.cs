using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Kernels;

/// <summary>output = bias + rows · weights. Weights are [inputs][width], width a whole number of vectors; a tile of sums stays in registers.</summary>
internal static unsafe class DenseForward<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns that a tile computes together.</summary>
    public static int ColumnUnit => 2 * TVec.Count;

    /// <summary>Computes some rows. The columns are the outer loop: their part of the weights then stays in the cache for all rows.</summary>
    /// <param name="x">A pointer to each row.</param>
    /// <param name="inputs">Numbers in a row.</param>
    /// <param name="w">The weights.</param>
    /// <param name="bias">[width].</param>
    /// <param name="width">Columns, padding included.</param>
    /// <param name="output">[rows][width].</param>
    /// <param name="rows">How many rows.</param>
    public static void Run(T** x, int inputs, T* w, T* bias, int width, T* output, int rows) => Run(x, inputs, w, bias, width, output, rows, 0, width);

    /// <summary>Computes some rows of some columns, each number as if all were computed.</summary>
    /// <param name="x">A pointer to each row.</param>
    /// <param name="inputs">Numbers in a row.</param>
    /// <param name="w">The weights.</param>
    /// <param name="bias">[width].</param>
    /// <param name="width">Columns of the weights and outputs, padding included.</param>
    /// <param name="output">[rows][width].</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="from">The first column, a multiple of <see cref="ColumnUnit"/>.</param>
    /// <param name="to">The column after the last, another multiple or the width.</param>
    /// <param name="packed">Room for [inputs][<see cref="ColumnUnit"/>], where a tile's columns of the weights lie close together for all but the first rows; null to do without.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T** x, int inputs, T* w, T* bias, int width, T* output, int rows, int from, int to, T* packed = null)
    {
        int lanes = TVec.Count, c = from;
        for (; c + 2 * lanes <= to; c += 2 * lanes)
        {
            int r = 0, stride = width;
            T* columns = w + c;
            if (TVec.HasManyRegisters)
            {
                if (packed != null && rows >= DensePanel<TVec, T>.FewestRows)
                {
                    PackingTile8x2(x, inputs, columns, bias + c, width, output + c, packed);
                    r = 8;
                    columns = packed;
                    stride = 2 * lanes;
                }
                for (; r + 8 <= rows; r += 8) Tile8x2(x + r, inputs, columns, stride, bias + c, width, output + (nint)r * width + c);
            }
            for (; r + 4 <= rows; r += 4) Tile4x2(x + r, inputs, columns, stride, bias + c, width, output + (nint)r * width + c);
            for (; r < rows; r++)
            {
                Tile1(x[r], inputs, columns, stride, bias + c, output + (nint)r * width + c);
                Tile1(x[r], inputs, columns + lanes, stride, bias + c + lanes, output + (nint)r * width + c + lanes);
            }
        }
        if (c == to) return;
        int row = 0;
        for (; row + 8 <= rows; row += 8) Tile8x1(x + row, inputs, w + c, bias + c, width, output + (nint)row * width + c);
        for (; row < rows; row++) Tile1(x[row], inputs, w + c, width, bias + c, output + (nint)row * width + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2(T** x, int inputs, T* w, int stride, T* bias, int width, T* o)
    {
        T* x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
        TVec p = TVec.Load(bias), q = TVec.Load(bias + TVec.Count);
        TVec a0 = p, a1 = p, a2 = p, a3 = p, a4 = p, a5 = p, a6 = p, a7 = p;
        TVec b0 = q, b1 = q, b2 = q, b3 = q, b4 = q, b5 = q, b6 = q, b7 = q;
        for (int k = 0; k < inputs; k++, w += stride)
        {
            TVec u = TVec.Load(w), v = TVec.Load(w + TVec.Count), f = TVec.Create(x0[k]);
            a0 = TVec.MultiplyAdd(f, u, a0);
            b0 = TVec.MultiplyAdd(f, v, b0);
            f = TVec.Create(x1[k]);
            a1 = TVec.MultiplyAdd(f, u, a1);
            b1 = TVec.MultiplyAdd(f, v, b1);
            f = TVec.Create(x2[k]);
            a2 = TVec.MultiplyAdd(f, u, a2);
            b2 = TVec.MultiplyAdd(f, v, b2);
            f = TVec.Create(x3[k]);
            a3 = TVec.MultiplyAdd(f, u, a3);
            b3 = TVec.MultiplyAdd(f, v, b3);
            f = TVec.Create(x4[k]);
            a4 = TVec.MultiplyAdd(f, u, a4);
            b4 = TVec.MultiplyAdd(f, v, b4);
            f = TVec.Create(x5[k]);
            a5 = TVec.MultiplyAdd(f, u, a5);
            b5 = TVec.MultiplyAdd(f, v, b5);
            f = TVec.Create(x6[k]);
            a6 = TVec.MultiplyAdd(f, u, a6);
            b6 = TVec.MultiplyAdd(f, v, b6);
            f = TVec.Create(x7[k]);
            a7 = TVec.MultiplyAdd(f, u, a7);
            b7 = TVec.MultiplyAdd(f, v, b7);
        }
        Store(o, a0, b0);
        Store(o += width, a1, b1);
        Store(o += width, a2, b2);
        Store(o += width, a3, b3);
        Store(o += width, a4, b4);
        Store(o += width, a5, b5);
        Store(o += width, a6, b6);
        Store(o + width, a7, b7);
    }

    /// <summary>As <see cref="Tile8x2"/>; copies the weights on the way and brings those of the next columns nearer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackingTile8x2(T** x, int inputs, T* w, T* bias, int width, T* o, T* packed)
    {
        T* x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
        TVec p = TVec.Load(bias), q = TVec.Load(bias + TVec.Count);
        TVec a0 = p, a1 = p, a2 = p, a3 = p, a4 = p, a5 = p, a6 = p, a7 = p;
        TVec b0 = q, b1 = q, b2 = q, b3 = q, b4 = q, b5 = q, b6 = q, b7 = q;
        for (int k = 0; k < inputs; k++, w += width, packed += 2 * TVec.Count)
        {
            TVec u = TVec.Load(w), v = TVec.Load(w + TVec.Count), f = TVec.Create(x0[k]);
            Store(packed, u, v);
            DensePanel<TVec, T>.Fetch(w + 2 * TVec.Count);
            a0 = TVec.MultiplyAdd(f, u, a0);
            b0 = TVec.MultiplyAdd(f, v, b0);
            f = TVec.Create(x1[k]);
            a1 = TVec.MultiplyAdd(f, u, a1);
            b1 = TVec.MultiplyAdd(f, v, b1);
            f = TVec.Create(x2[k]);
            a2 = TVec.MultiplyAdd(f, u, a2);
            b2 = TVec.MultiplyAdd(f, v, b2);
            f = TVec.Create(x3[k]);
            a3 = TVec.MultiplyAdd(f, u, a3);
            b3 = TVec.MultiplyAdd(f, v, b3);
            f = TVec.Create(x4[k]);
            a4 = TVec.MultiplyAdd(f, u, a4);
            b4 = TVec.MultiplyAdd(f, v, b4);
            f = TVec.Create(x5[k]);
            a5 = TVec.MultiplyAdd(f, u, a5);
            b5 = TVec.MultiplyAdd(f, v, b5);
            f = TVec.Create(x6[k]);
            a6 = TVec.MultiplyAdd(f, u, a6);
            b6 = TVec.MultiplyAdd(f, v, b6);
            f = TVec.Create(x7[k]);
            a7 = TVec.MultiplyAdd(f, u, a7);
            b7 = TVec.MultiplyAdd(f, v, b7);
        }
        Store(o, a0, b0);
        Store(o += width, a1, b1);
        Store(o += width, a2, b2);
        Store(o += width, a3, b3);
        Store(o += width, a4, b4);
        Store(o += width, a5, b5);
        Store(o += width, a6, b6);
        Store(o + width, a7, b7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2(T** x, int inputs, T* w, int stride, T* bias, int width, T* o)
    {
        T* x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
        TVec p = TVec.Load(bias), q = TVec.Load(bias + TVec.Count);
        TVec a0 = p, a1 = p, a2 = p, a3 = p, b0 = q, b1 = q, b2 = q, b3 = q;
        for (int k = 0; k < inputs; k++, w += stride)
        {
            TVec u = TVec.Load(w), v = TVec.Load(w + TVec.Count), f = TVec.Create(x0[k]);
            a0 = TVec.MultiplyAdd(f, u, a0);
            b0 = TVec.MultiplyAdd(f, v, b0);
            f = TVec.Create(x1[k]);
            a1 = TVec.MultiplyAdd(f, u, a1);
            b1 = TVec.MultiplyAdd(f, v, b1);
            f = TVec.Create(x2[k]);
            a2 = TVec.MultiplyAdd(f, u, a2);
            b2 = TVec.MultiplyAdd(f, v, b2);
            f = TVec.Create(x3[k]);
            a3 = TVec.MultiplyAdd(f, u, a3);
            b3 = TVec.MultiplyAdd(f, v, b3);
        }
        Store(o, a0, b0);
        Store(o += width, a1, b1);
        Store(o += width, a2, b2);
        Store(o + width, a3, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1(T** x, int inputs, T* w, T* bias, int width, T* o)
    {
        T* x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
        TVec p = TVec.Load(bias), a0 = p, a1 = p, a2 = p, a3 = p, a4 = p, a5 = p, a6 = p, a7 = p;
        for (int k = 0; k < inputs; k++, w += width)
        {
            TVec u = TVec.Load(w);
            a0 = TVec.MultiplyAdd(TVec.Create(x0[k]), u, a0);
            a1 = TVec.MultiplyAdd(TVec.Create(x1[k]), u, a1);
            a2 = TVec.MultiplyAdd(TVec.Create(x2[k]), u, a2);
            a3 = TVec.MultiplyAdd(TVec.Create(x3[k]), u, a3);
            a4 = TVec.MultiplyAdd(TVec.Create(x4[k]), u, a4);
            a5 = TVec.MultiplyAdd(TVec.Create(x5[k]), u, a5);
            a6 = TVec.MultiplyAdd(TVec.Create(x6[k]), u, a6);
            a7 = TVec.MultiplyAdd(TVec.Create(x7[k]), u, a7);
        }
        a0.Store(o);
        a1.Store(o += width);
        a2.Store(o += width);
        a3.Store(o += width);
        a4.Store(o += width);
        a5.Store(o += width);
        a6.Store(o += width);
        a7.Store(o + width);
    }

    /// <summary>One row and one vector of columns; two sums, since one would wait for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1(T* x, int inputs, T* w, int stride, T* bias, T* o)
    {
        TVec a = TVec.Load(bias), b = default;
        int k = 0;
        for (; k + 2 <= inputs; k += 2, w += 2 * stride)
        {
            a = TVec.MultiplyAdd(TVec.Create(x[k]), TVec.Load(w), a);
            b = TVec.MultiplyAdd(TVec.Create(x[k + 1]), TVec.Load(w + stride), b);
        }
        if (k < inputs) a = TVec.MultiplyAdd(TVec.Create(x[k]), TVec.Load(w), a);
        (a + b).Store(o);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* o, TVec a, TVec b)
    {
        a.Store(o);
        b.Store(o + TVec.Count);
    }
}
