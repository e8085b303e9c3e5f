using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Fused.Kernels;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Benchmarks;

/// <summary>The matrix products of the fused engine against the most multiplications and additions that one core can do at all.</summary>
internal static unsafe class KernelBenchmark
{
    private const double Sums = 16;

    private static readonly (int Inputs, int Outputs, int Rows)[] Shapes = [(784, 128, 32), (784, 128, 128), (512, 512, 32), (512, 512, 200), (784, 1024, 128)];

    internal static void Run(int rounds)
    {
        switch (FusedWidth.Widest)
        {
            case 512: Run<Lanes512<float>>(rounds); break;
            case 256: Run<Lanes256<float>>(rounds); break;
            case 128: Run<Lanes128<float>>(rounds); break;
            default: Run<LanesOne<float>>(rounds); break;
        }
    }

    private static void Run<TVec>(int rounds)
        where TVec : struct, ILanes<TVec, float>
    {
        double peak = Best(rounds, Sums * TVec.Count * 2 * 100_000, () => Peak<TVec>(100_000)), all = Best(rounds, Environment.ProcessorCount * Sums * TVec.Count * 2 * 1_000_000,
            () => Parallel.For(0, Environment.ProcessorCount, _ => Peak<TVec>(1_000_000)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Machine.Describe()}; {32 * TVec.Count} bits; best of {rounds} rounds; peak {peak:0} GFLOP/s, of all processors {all:0}; below, per cent of one's"));
        Console.WriteLine($"{"inputs, outputs, rows",-24}{"forward",9}{"to inputs",11}{"to weights",12}");
        foreach ((int inputs, int outputs, int rows) in Shapes)
        {
            using var memory = new AlignedMemory();
            float* x = memory.Allocate<float>(inputs * rows), w = memory.Allocate<float>(inputs * outputs), y = memory.Allocate<float>(outputs * rows), g = memory.Allocate<float>(Math.Max(2048, 8 * outputs)), bias = memory.Allocate<float>(outputs);
            float** pointers = memory.AllocatePointers<float>(rows);
            for (int i = 0; i < rows; i++) pointers[i] = x + (inputs * i);
            for (int i = 0; i < inputs * rows; i++) x[i] = 1;
            double work = 2.0 * inputs * outputs * rows, forward = Best(rounds, work, () => DenseForward<TVec, float>.Run(pointers, inputs, w, bias, outputs, y, rows)),
                backward = Best(rounds, work, () => DenseBackward<TVec, float>.Run(y, outputs, w, inputs, x, inputs, rows));
            int block = Math.Max(8, 2048 / outputs / 8 * 8);
            double gradient = Best(rounds, work, () =>
            {
                for (int from = 0; from < inputs; from += block) DenseGradient<TVec, float>.Run(pointers, from, Math.Min(from + block, inputs), y, outputs, rows, g);
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"{inputs}-{outputs}, {rows}",-24}{100 * forward / peak,9:0}{100 * backward / peak,11:0}{100 * gradient / peak,12:0}"));
        }
    }

    /// <summary>The best GFLOP/s of some rounds of a few milliseconds.</summary>
    private static double Best(int rounds, double work, Action run)
    {
        double best = 0;
        int times = Math.Max(1, (int)(2e8 / work));
        for (int round = 0; round < 3 * rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < times; i++) run();
            best = Math.Max(best, times * work / Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Peak<TVec>(int times)
        where TVec : struct, ILanes<TVec, float>
    {
        TVec f = TVec.Create(0.5f), a = f, b = f, c = f, d = f, e = f, g = f, h = f, i = f, j = f, k = f, l = f, m = f, n = f, o = f, p = f, q = f;
        for (int t = 0; t < times; t++)
        {
            a = TVec.MultiplyAdd(a, f, f);
            b = TVec.MultiplyAdd(b, f, f);
            c = TVec.MultiplyAdd(c, f, f);
            d = TVec.MultiplyAdd(d, f, f);
            e = TVec.MultiplyAdd(e, f, f);
            g = TVec.MultiplyAdd(g, f, f);
            h = TVec.MultiplyAdd(h, f, f);
            i = TVec.MultiplyAdd(i, f, f);
            j = TVec.MultiplyAdd(j, f, f);
            k = TVec.MultiplyAdd(k, f, f);
            l = TVec.MultiplyAdd(l, f, f);
            m = TVec.MultiplyAdd(m, f, f);
            n = TVec.MultiplyAdd(n, f, f);
            o = TVec.MultiplyAdd(o, f, f);
            p = TVec.MultiplyAdd(p, f, f);
            q = TVec.MultiplyAdd(q, f, f);
        }
        float* to = stackalloc float[TVec.Count];
        (a + b + c + d + e + g + h + i + j + k + l + m + n + o + p + q).Store(to);
    }
}
