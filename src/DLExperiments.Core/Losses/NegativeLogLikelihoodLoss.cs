using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Negative log-likelihood of one class out of several, on log-probabilities (a network that ends with LogSoftmax).</summary>
[CatalogueEntry("NLL")]
public sealed class NegativeLogLikelihoodLoss : ClassLoss
{
    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Exponential;

    /// <inheritdoc/>
    public override torch.Tensor Compute(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight = null) =>
        LogLikelihood(prediction, target, sampleWeight, smoothing: 0);
}
