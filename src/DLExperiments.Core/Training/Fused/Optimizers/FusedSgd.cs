using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

internal sealed class FusedSgdKind : FusedOptimizerKind
{
    internal override Type Definition => typeof(SgdOptimizer);

    internal override FusedOptimizer<T> Make<TVec, T>(Optimizer optimizer)
    {
        var settings = (SgdOptimizer)optimizer;
        return settings.Momentum == 0
            ? new RuleOptimizer<TVec, T, SgdRule<TVec, T>>(settings, new(RuleDecay(settings)))
            : settings.Nesterov
                ? new RuleOptimizer<TVec, T, NesterovRule<TVec, T>>(settings, new(settings), ("MomentumBuffer", 0))
                : new RuleOptimizer<TVec, T, MomentumRule<TVec, T>>(settings, new(settings), ("MomentumBuffer", 0));
    }

    /// <summary>The decay that the rule adds: none where it is in the normalised gradient already.</summary>
    internal static double RuleDecay(SgdOptimizer settings) => settings.NormaliseGradient ? 0 : settings.WeightDecay;
}

/// <summary>w ← w − η(g + λw).</summary>
internal struct SgdRule<TVec, T>(double weightDecay) : IUpdateRule<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private TVec decay, rate;

    public void Begin(long step, double learningRate)
    {
        decay = VectorMath<TVec, T>.Number(weightDecay);
        rate = VectorMath<TVec, T>.Number(-learningRate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVec Apply(TVec w, TVec g, ref TVec a, ref TVec b, ref TVec c)
    {
        return TVec.MultiplyAdd(TVec.MultiplyAdd(w, decay, g), rate, w);
    }
}
