using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Training.Engines;
using TorchSharp;

namespace DLExperiments.Training.Objectives;

/// <summary>Supervised learning: one loss between one output and the target.</summary>
[CatalogueEntry("Supervised")]
public sealed class SupervisedObjective : Objective
{
    private static readonly string[] Names = ["Loss", "Accuracy"];

    private ModelOutput[] outputs = [];
    private TargetPlan[] targets = [];

    /// <summary>The loss; when not given it is -Loss, the model's own, or one that fits the target.</summary>
    public Loss Loss { get; init; } = null!;

    /// <summary>The output that is trained; a network with one needs no name.</summary>
    public string? Output { get; init; }

    /// <inheritdoc/>
    public override string LossName => Loss.Type;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures => Names;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelOutput> Outputs => outputs;

    /// <inheritdoc/>
    public override bool MeasuresOutputs => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TargetPlan> Targets => targets;

    /// <inheritdoc/>
    public override Objective Fit(ObjectiveRequest request)
    {
        if (Output is null && request.Network.Outputs.Length > 1)
            throw new ExperimentException("AmbiguousOutput", ErrorKind.InvalidArgument,
                $"The network has the outputs {string.Join(", ", request.Network.Outputs.Select(o => $"'{o}'"))}; say with Output which one is trained, or use the objective MultiTask.", Output);
        string output = Output is null ? request.Network.Outputs[0] : request.Network.ResolveName(Output);
        request.RequireOutputs([output], Type);
        if (request.LossWeights.Count > 0)
            throw new ExperimentException("InvalidLossWeight", ErrorKind.InvalidArgument, "There is one loss alone, so that a weight of it means nothing; leave LossWeight out.", output);
        DataColumn? target = request.Train.Targets.FirstOrDefault();
        var fitted = new SupervisedObjective { Loss = Loss ?? request.LossOf(output, target), Output = output };
        IReadOnlyList<string>? classNames = request.Before(output)?.ClassNames ?? request.Train.ClassNames;
        fitted.outputs = [new ModelOutput(output, fitted.Loss, null, classNames, IsFirstTarget: true)];
        fitted.targets = [new TargetPlan(output, null, fitted.Loss, request.Network.ShapeOf(output), classNames)];
        return fitted;
    }

    /// <inheritdoc/>
    public override double Train(TorchStep step)
    {
        torch.Tensor prediction = step.Forward(Output);
        torch.Tensor loss = step.Compute(Loss, 0, prediction);
        double value = Add(step, prediction, loss), factor = step.PartFactor(Loss, 0);
        if (double.IsFinite(value)) step.Update(factor == 1 ? loss : loss * factor);
        return value * factor;
    }

    /// <inheritdoc/>
    public override void Evaluate(TorchStep step)
    {
        torch.Tensor prediction = step.Forward(Output);
        Add(step, prediction, Loss.Compute(prediction, step.Target, step.SampleWeights));
    }

    private double Add(TorchStep step, torch.Tensor prediction, torch.Tensor loss)
    {
        double value = loss.item<float>();
        (double sum, double weight) = Loss.Weigh(value, step.Target, step.SampleWeights, step.Count);
        step.Totals.Add(0, sum, weight);
        if (step.Layout.Decisions > 0)
            step.Totals.Add(1, Loss.CountCorrect(step.ReadOutputs(prediction), step.TargetValues, step.Layout), (double)step.Count * step.Layout.Decisions);
        if (step.Totals.WantsOutputs) step.Totals.AddOutputs(step.ReadOutputs(prediction), step.TargetValues, step.Count);
        return value;
    }
}
