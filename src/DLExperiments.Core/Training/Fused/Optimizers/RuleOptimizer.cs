using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

/// <summary>An optimizer that follows a rule: one loop for all, compiled for each.</summary>
internal sealed unsafe class RuleOptimizer<TVec, T, TRule> : FusedOptimizer<T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRule : struct, IUpdateRule<TVec, T>
{
    private TRule rule;

    internal RuleOptimizer(Optimizer settings, TRule rule, params (string Name, double Start)[] remembered)
        : base(settings, remembered) => this.rule = rule;

    internal override void Begin(double learningRate)
    {
        rule.Begin(Step, learningRate);
        Step++;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Take(int offset, T* gradients, int count)
    {
        TRule now = rule;
        T* w = Parameters + offset;
        T*[] values = Values;
        TVec unused = default;
        switch (values.Length)
        {
            case 0:
                for (int i = 0; i < count; i += TVec.Count)
                    now.Apply(TVec.Load(w + i), TVec.Load(gradients + i), ref unused, ref unused, ref unused).Store(w + i);
                break;
            case 1:
                T* first = values[0] + offset;
                for (int i = 0; i < count; i += TVec.Count)
                {
                    TVec a = TVec.Load(first + i);
                    now.Apply(TVec.Load(w + i), TVec.Load(gradients + i), ref a, ref unused, ref unused).Store(w + i);
                    a.Store(first + i);
                }
                break;
            case 2:
                T* x = values[0] + offset, y = values[1] + offset;
                for (int i = 0; i < count; i += TVec.Count)
                {
                    TVec a = TVec.Load(x + i), b = TVec.Load(y + i);
                    now.Apply(TVec.Load(w + i), TVec.Load(gradients + i), ref a, ref b, ref unused).Store(w + i);
                    a.Store(x + i);
                    b.Store(y + i);
                }
                break;
            default:
                T* p = values[0] + offset, q = values[1] + offset, r = values[2] + offset;
                for (int i = 0; i < count; i += TVec.Count)
                {
                    TVec a = TVec.Load(p + i), b = TVec.Load(q + i), c = TVec.Load(r + i);
                    now.Apply(TVec.Load(w + i), TVec.Load(gradients + i), ref a, ref b, ref c).Store(w + i);
                    a.Store(p + i);
                    b.Store(q + i);
                    c.Store(r + i);
                }
                break;
        }
    }
}
