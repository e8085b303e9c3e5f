using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Losses;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>The loss of one output with a target of its own, and its slope.</summary>
internal interface IElementLossFunction
{
    /// <summary>A target above it means class 1; an output above 0 does. Not a number when there are no classes.</summary>
    double Threshold { get; }

    TVec Value<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>;

    TVec Slope<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}

internal sealed class FusedElementLossKind<TLoss, TFunction>(Func<TLoss, TFunction> function) : FusedLossKind
    where TLoss : ElementwiseLoss
    where TFunction : struct, IElementLossFunction
{
    internal override Type Definition => typeof(TLoss);

    internal override FusedLoss<TVec, T> Make<TVec, T>(Loss loss, TargetLayout layout, AlignedMemory memory) =>
        new FusedElementLoss<TVec, T, TFunction>(function((TLoss)loss), ((TLoss)loss).Reduction, layout.Width, memory);
}

internal sealed unsafe class FusedElementLoss<TVec, T, TFunction> : FusedLoss<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : struct, IElementLossFunction
{
    private readonly TFunction function;
    private readonly LossReduction reduction;
    private readonly int size;
    private readonly T* inside;

    internal FusedElementLoss(TFunction function, LossReduction reduction, int size, AlignedMemory memory)
    {
        this.function = function;
        this.reduction = reduction;
        this.size = size;
        inside = memory.Allocate<T>(size);
        new Span<T>(inside, size).Fill(T.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override LossSum Compute(T* outputs, int width, int* index, int rows, FusedTargets<T> targets, T* delta)
    {
        TFunction f = function;
        T* weights = targets.Weights;
        double weight = rows, total = 0;
        if (weights != null)
        {
            weight = 0;
            for (int i = 0; i < rows; i++) weight += double.CreateTruncating(weights[index[i]]);
        }
        // What a row's loss is divided by, and what the batch's.
        int each = reduction == LossReduction.Mean ? size : 1;
        TVec unit = VectorMath<TVec, T>.Number(reduction == LossReduction.Sum ? 1 : weight > 0 ? 1 / (weight * each) : 0), factor = VectorMath<TVec, T>.Number(1), share = unit, sum = default;
        long correct = 0;
        T threshold = T.CreateTruncating(f.Threshold);
        for (int i = 0; i < rows; i++, outputs += width)
        {
            T* t = targets.Values + (nint)index[i] * width;
            if (weights != null)
            {
                factor = TVec.Create(weights[index[i]]);
                share = factor * unit;
            }
            for (int j = 0; j < width; j += TVec.Count)
            {
                TVec x = TVec.Load(outputs + j), target = TVec.Load(t + j), mask = TVec.Greater(TVec.Load(inside + j), default);
                sum = TVec.MultiplyAdd(TVec.Where(mask, f.Value<TVec, T>(x, target)), factor, sum);
                if (delta != null) TVec.Where(mask, f.Slope<TVec, T>(x, target) * share).Store(delta + (nint)i * width + j);
            }
            if (!double.IsNaN(f.Threshold))
                for (int j = 0; j < size; j++)
                    if (outputs[j] > T.Zero == t[j] > threshold) correct++;
            // A short sum loses few digits; the whole one is kept in 64 bits.
            if ((i & 15) != 15) continue;
            total += double.CreateTruncating(TVec.Sum(sum));
            sum = default;
        }
        total += double.CreateTruncating(TVec.Sum(sum));
        return new LossSum(total / each, weight, correct);
    }
}
