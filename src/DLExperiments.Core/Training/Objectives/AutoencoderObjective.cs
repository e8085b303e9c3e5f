using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using TorchSharp;

namespace DLExperiments.Training.Objectives;

/// <summary>
/// Reconstruction: the target of the output is the network's own input, as the network sees it (scaled, not augmented); with augmentation such as
/// GaussianNoise the autoencoder learns to undo it. Targets of the data are not used. The loss is MSE unless another is asked for.
/// </summary>
[CatalogueEntry("Autoencoder")]
public sealed class AutoencoderObjective : Objective
{
    private static readonly string[] Names = ["Loss"];

    private string output = "";
    private TargetLayout layout = null!;

    /// <summary>The loss between output and input; when not given it is -Loss, or MSE.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The output that is compared with the input; a network with one needs no name.</summary>
    public string? Output { get; init; }

    /// <inheritdoc/>
    public override string LossName => Loss!.Type;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures => Names;

    /// <inheritdoc/>
    public override bool ReadsPlainRows(bool augmented) => augmented;

    /// <inheritdoc/>
    public override Objective Fit(ObjectiveRequest request)
    {
        NetworkDefinition network = request.Network;
        if (network.Inputs.Length != 1 || Output is null && network.Outputs.Length != 1)
            throw new ExperimentException("AmbiguousOutput", ErrorKind.InvalidArgument,
                $"An autoencoder has one input and one output that is compared with it; the network has the inputs {string.Join(", ", network.Inputs.Select(i => $"'{i.Name}'"))} and the outputs {string.Join(", ", network.Outputs.Select(o => $"'{o}'"))}. Say with Output which one it is.", Output);
        string output = Output is null ? network.Outputs[0] : network.ResolveName(Output);
        var fitted = new AutoencoderObjective { Loss = request.Loss ?? Loss ?? new MeanSquaredErrorLoss(), Output = Output, output = output };
        request.RequireOutputs([], Type);
        Shape shape = network.ShapeOf(output);
        if (shape.ElementCount != network.InputShape.ElementCount)
            throw new ExperimentException("LossOutputMismatch", ErrorKind.InvalidArgument, $"The output '{output}' {shape} is to be the input again, which is {network.InputShape}.", output);
        // The loss looks at the form of the targets only.
        fitted.layout = fitted.Loss.Fit(shape, Dataset.Create("input", [new FloatColumn("input", new Shape(), [0])], [new FloatColumn("input", shape, new float[shape.ElementCount])]));
        if (fitted.layout.IsIndex)
            throw new ExperimentException("LossTargetMismatch", ErrorKind.InvalidArgument, $"{fitted.Loss.Type} compares with classes, but an autoencoder is compared with its input; use MSE, MAE or BCEWithLogits.", fitted.Loss.Type);
        return fitted;
    }

    /// <inheritdoc/>
    public override bool MeasuresOutputs => true;

    /// <inheritdoc/>
    /// <remarks>The reconstruction against the input, both as the network sees them.</remarks>
    internal override IReadOnlyList<MeasuredOutput> Measured(PreparedPiece piece, Preprocessing preprocessing)
    {
        Shape shape = piece.Network.ShapeOf(output), input = piece.Network.InputShape;
        return [new MeasuredOutput(output, 0, new OutputForm(Loss!, layout, shape, null, picture: shape.Count > 1 ? shape : input))];
    }

    /// <inheritdoc/>
    internal override Objective Keep(Objective given) => this;

    /// <inheritdoc/>
    public override double Train(TorchStep step)
    {
        torch.Tensor found = Compute(step, out double value);
        double factor = step.PartFactor(Loss!, -1);
        if (double.IsFinite(value)) step.Update(factor == 1 ? found : found * factor);
        return value * factor;
    }

    /// <inheritdoc/>
    public override void Evaluate(TorchStep step) => Compute(step, out _);

    private torch.Tensor Compute(TorchStep step, out double value)
    {
        torch.Tensor prediction = step.Forward(output), target = step.PlainInputs()[0].reshape(prediction.shape);
        torch.Tensor found = Loss!.Compute(prediction, target, step.SampleWeights);
        value = found.item<float>();
        (double sum, double weight) = Loss.Weigh(value, target, step.SampleWeights, step.Count);
        step.Totals.Add(0, sum, weight);
        if (step.Totals.WantsOutputs)
        {
            float[] wanted = step.ReadOutputs(target).ToArray();
            step.Totals.AddOutputs(step.ReadOutputs(prediction), wanted, step.Count);
        }
        return found;
    }
}
