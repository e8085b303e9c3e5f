using DLExperiments.Catalogues;
using DLExperiments.Training.Engines;
using DLExperiments.Losses;
using TorchSharp;

namespace DLExperiments.Training.Objectives;

/// <summary>Supervised learning: one network, one loss between its output and the target.</summary>
[CatalogueEntry("Supervised")]
public sealed class SupervisedObjective : Objective
{
    private static readonly string[] Names = ["Loss", "Accuracy"];

    /// <summary>The loss.</summary>
    public required Loss Loss { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures => Names;

    /// <inheritdoc/>
    public override double Train(TorchStep step)
    {
        torch.Tensor prediction = step.Forward();
        torch.Tensor loss = Loss.Compute(prediction, step.Target, step.SampleWeights);
        double value = Add(step, prediction, loss);
        if (double.IsFinite(value)) step.Update(loss);
        return value;
    }

    /// <inheritdoc/>
    public override void Evaluate(TorchStep step)
    {
        torch.Tensor prediction = step.Forward();
        Add(step, prediction, Loss.Compute(prediction, step.Target, step.SampleWeights));
    }

    private double Add(TorchStep step, torch.Tensor prediction, torch.Tensor loss)
    {
        double value = loss.item<float>(), weight = Loss.TotalWeight(step.Target, step.SampleWeights)?.item<float>() ?? step.Count;
        step.Totals.Add(0, value * weight, weight);
        if (step.Layout.Decisions > 0)
            step.Totals.Add(1, Loss.CountCorrect(step.ReadOutputs(prediction), step.TargetValues, step.Layout), (double)step.Count * step.Layout.Decisions);
        if (step.Totals.WantsOutputs) step.Totals.AddOutputs(step.ReadOutputs(prediction), step.TargetValues, step.Count);
        return value;
    }
}
