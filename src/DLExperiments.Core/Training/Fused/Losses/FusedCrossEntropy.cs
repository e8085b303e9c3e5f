using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Losses;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

internal sealed class FusedCrossEntropyKind : FusedLossKind
{
    internal override Type Definition => typeof(CrossEntropyLoss);

    internal override string? Refuse(TargetLayout layout) => layout.Decisions == 1 ? null : $"it has {layout.Decisions} choices in each row";

    internal override FusedLoss<TVec, T> Make<TVec, T>(Loss loss, TargetLayout layout, AlignedMemory memory) =>
        new FusedCrossEntropy<TVec, T>((CrossEntropyLoss)loss, layout, memory);
}

/// <summary>
/// Cross-entropy: −Σ q·ln softmax(z) with q the target times class weights, smoothed; the gradient is softmax(z)·Σq − q. All of it comes from one
/// pass of exponentials.
/// </summary>
internal sealed unsafe class FusedCrossEntropy<TVec, T> : FusedLoss<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int classes;
    private readonly bool isIndex, isPlain, isSum, dividesByWeights;
    private readonly double smoothing;
    private readonly double[]? weights;
    private readonly T* inside;
    private readonly T* wanted;
    private readonly T* exponentials;

    internal FusedCrossEntropy(CrossEntropyLoss loss, TargetLayout layout, AlignedMemory memory)
    {
        classes = layout.Classes;
        isIndex = layout.IsIndex;
        smoothing = loss.LabelSmoothing;
        weights = loss.ClassWeights;
        isSum = loss.IsSum;
        dividesByWeights = loss.IsMean && weights is not null && isIndex;
        isPlain = isIndex && smoothing == 0 && weights is null;
        inside = memory.Allocate<T>(classes);
        new Span<T>(inside, classes).Fill(T.One);
        wanted = memory.Allocate<T>(classes);
        exponentials = memory.Allocate<T>(classes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override LossSum Compute(T* outputs, int width, int* index, int rows, FusedTargets<T> targets, T* delta)
    {
        bool isPlain = this.isPlain && targets.Weights == null;
        double weight = isPlain ? rows : TotalWeight(index, rows, targets), sum = 0, product = 1;
        double unit = isSum || IsWeightless ? 1 : weight > 0 ? 1 / weight : 0;
        T share = T.CreateTruncating(unit);
        long correct = 0;
        for (int i = 0; i < rows; i++, outputs += width)
        {
            int wantedClass = isIndex ? targets.Classes[index[i]] : Largest(targets.Values + (nint)index[i] * targets.Width);
            T most = Most(outputs, width);
            if (outputs[wantedClass] == most && IsFirst(outputs, wantedClass)) correct++;
            T* e = delta == null ? exponentials : delta + (nint)i * width;
            TVec top = TVec.Create(most), total = default;
            for (int j = 0; j < width; j += TVec.Count)
            {
                TVec power = TVec.Where(TVec.Greater(TVec.Load(inside + j), default), VectorMath<TVec, T>.Exp(TVec.Load(outputs + j) - top));
                power.Store(e + j);
                total += power;
            }
            T all = TVec.Sum(total);
            T mass = T.One;
            if (isPlain)
            {
                // ln a + ln b = ln ab: a logarithm for every 16 rows. Sums are from 1 to the number of classes, so the product stays in range.
                sum += double.CreateTruncating(most) - double.CreateTruncating(outputs[wantedClass]);
                product *= double.CreateTruncating(all);
                if ((i & 15) == 15)
                {
                    sum += Math.Log(product);
                    product = 1;
                }
            }
            else
            {
                double own = targets.Weights == null ? 1 : double.CreateTruncating(targets.Weights[index[i]]);
                share = T.CreateTruncating(own * unit);
                double log = Math.Log(double.CreateTruncating(all)) + double.CreateTruncating(most);
                mass = T.Zero;
                for (int c = 0; c < classes; c++)
                {
                    double q = isIndex ? (c == wantedClass ? 1 : 0) : double.CreateTruncating(targets.Values[(nint)index[i] * targets.Width + c]);
                    q = (weights is null ? 1 : weights[c]) * ((q * (1 - smoothing)) + (smoothing / classes));
                    wanted[c] = T.CreateTruncating(q);
                    mass += wanted[c];
                    sum += own * q * (log - double.CreateTruncating(outputs[c]));
                }
            }
            if (delta == null) continue;
            TVec scale = TVec.Create(mass * share / all);
            for (int j = 0; j < width; j += TVec.Count) (TVec.Load(e + j) * scale).Store(e + j);
            if (isPlain) e[wantedClass] -= share;
            else for (int c = 0; c < classes; c++) e[c] -= wanted[c] * share;
        }
        return new LossSum(sum + Math.Log(product), weight, correct);
    }

    private double TotalWeight(int* index, int rows, FusedTargets<T> targets)
    {
        double total = 0;
        for (int i = 0; i < rows; i++)
            total += (dividesByWeights ? weights![targets.Classes[index[i]]] : 1)
                * (targets.Weights == null ? 1 : double.CreateTruncating(targets.Weights[index[i]]));
        return total;
    }

    /// <summary>The largest output of a row; without a branch, which would be guessed wrongly in most rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Most(T* outputs, int width)
    {
        TVec lowest = TVec.Create(T.NegativeInfinity), most = lowest;
        for (int j = 0; j < width; j += TVec.Count)
        {
            TVec x = TVec.Select(TVec.Greater(TVec.Load(inside + j), default), TVec.Load(outputs + j), lowest);
            most = TVec.Select(TVec.Greater(x, most), x, most);
        }
        return TVec.Largest(most);
    }

    /// <summary>Whether no class before one has the same output: of equals, the first one is what a network says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFirst(T* outputs, int place)
    {
        T own = outputs[place];
        for (int c = 0; c < place; c++)
            if (outputs[c] == own) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Largest(T* values)
    {
        int best = 0;
        for (int c = 1; c < classes; c++)
            if (values[c] > values[best]) best = c;
        return best;
    }
}
