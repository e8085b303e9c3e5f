using System.Runtime.InteropServices;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// Binary cross-entropy on probabilities (a network that ends with Sigmoid): −[t·log x + (1−t)·log(1−x)], logarithms bounded at −100 as PyTorch does.
/// BCEWithLogits, without the Sigmoid, is exacter. Targets are classes of two, or numbers from 0 to 1.
/// </summary>
[CatalogueEntry("BCE")]
public sealed class BinaryCrossEntropyLoss : BinaryLoss
{
    /// <inheritdoc/>
    public override OutputReading Reading => OutputReading.Probability;

    /// <inheritdoc/>
    private protected override float Threshold => 0.5f;

    /// <inheritdoc/>
    private protected override float OutputThreshold => 0.5f;

    /// <inheritdoc/>
    public override string? Encode(ref float value, TargetLayout layout) => value is >= 0 and <= 1 ? null : "numbers from 0 to 1";

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        Apply(prediction, target, torch.nn.Reduction.None);

    /// <inheritdoc/>
    protected override torch.Tensor Mean(torch.Tensor prediction, torch.Tensor target) =>
        Apply(prediction, target, torch.nn.Reduction.Mean);

    private torch.Tensor Apply(torch.Tensor prediction, torch.Tensor target, torch.nn.Reduction reduction)
    {
        try
        {
            return torch.nn.functional.binary_cross_entropy(prediction, target, reduction: reduction);
        }
        catch (ExternalException e) when (e.Message.Contains("between 0 and 1", StringComparison.Ordinal))
        {
            throw new ExperimentException("LossOutputMismatch", ErrorKind.InvalidOperation,
                $"{Type}: the network's outputs are not probabilities from 0 to 1; end it with Sigmoid, or use BCEWithLogits.", null, e);
        }
    }
}
