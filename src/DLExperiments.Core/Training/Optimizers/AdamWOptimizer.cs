using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>AdamW (Loshchilov, Hutter 2019): Adam with the weight decay taken out of the gradient, w ← (1 − ηλ)w before each step.</summary>
[CatalogueEntry("AdamW")]
public sealed class AdamWOptimizer : AdaptiveMomentOptimizer
{
    /// <summary>Sets PyTorch's defaults.</summary>
    public AdamWOptimizer() => WeightDecay = 1e-2;

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        Scalar keep = state.Number(0, 1 - learningRate * WeightDecay);
        if (WeightDecay != 0) w.mul_(keep);
        MomentStep(state, w, g, learningRate);
    }
}
