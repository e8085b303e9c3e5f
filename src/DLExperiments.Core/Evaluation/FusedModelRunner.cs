using DLExperiments.Models;
using DLExperiments.Training.Fused;

namespace DLExperiments.Evaluation;

/// <summary>Runs a chain of dense layers without libtorch.</summary>
internal sealed class FusedModelRunner(Model model) : ModelRunner
{
    private readonly FusedForward forward = FusedForward.Create(model.Network, model.Weights);
    private readonly int size = model.Network.OutputShape.ElementCount;

    /// <inheritdoc/>
    internal override float[][] Run(float[][] inputs, int rows, IReadOnlyList<string> outputs)
    {
        float[] all = new float[rows * size];
        // Its layers have one set of buffers, so one network serves one batch at a time.
        lock (forward) forward.Run(inputs[0], all);
        return [all];
    }

    /// <inheritdoc/>
    public override void Dispose() => forward.Dispose();
}
