using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// Focal loss of one class out of several, on logits (Lin et al. 2017): −(1−p)^γ·log p with the probability p = softmax(output)[class], so that what is
/// easy counts little; ClassWeights are its α. With γ 0 it is CrossEntropy.
/// </summary>
[CatalogueEntry("Focal")]
public sealed class FocalLoss : ClassLoss
{
    /// <summary>How little an easy example counts: γ.</summary>
    [Range(0.0, double.MaxValue)]
    public double Gamma { get; init; } = 2;

    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Softmax;

    /// <inheritdoc/>
    public override torch.Tensor Compute(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight = null)
    {
        torch.Tensor logs = torch.nn.functional.log_softmax(prediction, 1);
        return LogLikelihood(Gamma == 0 ? logs : logs * (1 - logs.exp()).pow(Gamma), target, sampleWeight, smoothing: 0);
    }
}
