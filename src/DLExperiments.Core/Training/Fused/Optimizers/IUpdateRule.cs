using System.Numerics;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Optimizers;

/// <summary>How one step changes a vector of parameters, with its numbers ready as vectors.</summary>
internal interface IUpdateRule<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the step's numbers ready.</summary>
    /// <param name="step">How many steps were made before.</param>
    /// <param name="learningRate">The learning rate.</param>
    void Begin(long step, double learningRate);

    /// <summary>The parameters after the step.</summary>
    /// <param name="w">Before it.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="a">The first remembered value, if the rule has one.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    TVec Apply(TVec w, TVec g, ref TVec a, ref TVec b, ref TVec c);
}
