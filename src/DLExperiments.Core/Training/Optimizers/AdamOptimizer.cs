using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>Adam (Kingma, Ba 2015): bias-corrected means of the gradient and of its square, w ← w − ηm̂/(√v̂ + ε); weight decay is L2.</summary>
[CatalogueEntry("Adam")]
public sealed class AdamOptimizer : AdaptiveMomentOptimizer
{
    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        AddDecay(state, w, g);
        MomentStep(state, w, g, learningRate);
    }
}
