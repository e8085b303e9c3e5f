using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Regularisers;

namespace DLExperiments.Training.Fused.Updates;

/// <summary>
/// The sum of all penalties a‖w‖₁ + b‖w‖₂² as one pair of factors for each parameter, 0 where no penalty concerns it: any number of
/// regularisers costs one pass.
/// </summary>
internal sealed unsafe class FusedPenalties<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* first;
    private readonly T* pull;
    private readonly T* second;

    internal FusedPenalties(IEnumerable<WeightPenalty> penalties, FusedNetwork<TVec, T> network)
    {
        first = network.Memory.Allocate<T>(network.Size);
        pull = network.Memory.Allocate<T>(network.Size);
        second = network.Memory.Allocate<T>(network.Size);
        foreach (WeightPenalty penalty in penalties)
        {
            (double a, double b, bool proximal) = penalty.Norms!.Value;
            IsProximal |= proximal && a > 0;
            foreach ((ParameterSlot slot, ParameterSpec spec) in network.Trained())
            {
                if (!penalty.Concerns(new ParameterSlice(slot.Name, spec.Shape, 0, slot.Count, spec.IsBias))) continue;
                for (int i = 0; i < slot.Count; i++)
                {
                    int at = slot.At(i);
                    first[at] += T.CreateTruncating(a);
                    if (!proximal) pull[at] += T.CreateTruncating(a);
                    second[at] += T.CreateTruncating(b);
                }
            }
        }
    }

    /// <summary>Whether steps end with soft-thresholding.</summary>
    internal bool IsProximal { get; }

    /// <summary>Adds the gradients a·sign(w) + 2bw, without the part that acts by thresholding.</summary>
    /// <returns>The penalty of these parameters.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double Add(int offset, T* w, T* g, int count)
    {
        TVec sum = default, one = VectorMath<TVec, T>.Number(1), minus = VectorMath<TVec, T>.Number(-1), two = VectorMath<TVec, T>.Number(2);
        for (int i = 0; i < count; i += TVec.Count)
        {
            TVec x = TVec.Load(w + i), b = TVec.Load(second + offset + i);
            TVec sign = TVec.Select(TVec.Greater(x, default), one, TVec.Where(TVec.Greater(default, x), minus));
            sum = TVec.MultiplyAdd(TVec.Load(first + offset + i), TVec.Abs(x), TVec.MultiplyAdd(b * x, x, sum));
            TVec.MultiplyAdd(TVec.Load(pull + offset + i), sign, TVec.MultiplyAdd(b * two, x, TVec.Load(g + i))).Store(g + i);
        }
        return double.CreateTruncating(TVec.Sum(sum));
    }

    /// <summary>Soft-thresholding: w ← sign(w)·max(|w| − ηa, 0) (Daubechies, Defrise, De Mol 2004), where η is the learning rate times the parameter's factor, if there are such.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Shrink(int offset, T* w, int count, double learningRate, T* factors)
    {
        TVec rate = VectorMath<TVec, T>.Number(learningRate);
        for (int i = 0; i < count; i += TVec.Count)
        {
            TVec x = TVec.Load(w + i);
            TVec own = factors == null ? rate : rate * TVec.Load(factors + offset + i);
            TVec rest = TVec.Abs(x) - ((TVec.Load(first + offset + i) - TVec.Load(pull + offset + i)) * own);
            rest = TVec.Where(TVec.Greater(rest, default), rest);
            TVec.Select(TVec.Greater(x, default), rest, default(TVec) - rest).Store(w + i);
        }
    }
}
