using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// Cross-entropy of one class out of several, on logits: −log softmax(output)[class]. With class weights the mean is divided by the
/// sum of the weights of the targets, as PyTorch does. Targets are classes, whole numbers from 0, or one probability for each class.
/// </summary>
[CatalogueEntry("CrossEntropy")]
public sealed class CrossEntropyLoss : ClassLoss
{
    /// <summary>The share of each target that is spread evenly over all classes, 0 to 1 (Szegedy et al. 2016).</summary>
    [Range(0.0, 1.0)]
    public double LabelSmoothing { get; init; }

    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Softmax;

    /// <inheritdoc/>
    public override torch.Tensor Compute(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight = null)
    {
        // One fused operation in the usual case; libtorch's own smoothing is not within reach of TorchSharp 0.107.
        if (IsPlain(target) && sampleWeight is null) return torch.nn.functional.cross_entropy(prediction, target);
        return LogLikelihood(torch.nn.functional.log_softmax(prediction, 1), target, sampleWeight, LabelSmoothing);
    }

    /// <inheritdoc/>
    internal override torch.Tensor ComputeWeightless(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight) =>
        LogLikelihood(torch.nn.functional.log_softmax(prediction, 1), target, sampleWeight, LabelSmoothing, isSum: true);

    /// <inheritdoc/>
    internal override torch.Tensor ComputeEach(torch.Tensor prediction, torch.Tensor target, int models) =>
        IsPlain(target) && prediction.dim() == 3
            ? torch.nn.functional.cross_entropy(prediction.reshape(target.shape[0], -1), target, reduction: torch.nn.Reduction.None).view(models, -1).mean([1])
            : base.ComputeEach(prediction, target, models);

    private bool IsPlain(torch.Tensor target) => LabelSmoothing == 0 && IsMean && ClassWeights is null && !target.is_floating_point();
}
