using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// How far predictions are from their targets, as one number to minimise; a mean over the batch, or a sum where that is asked for. A loss also says what target it
/// wants, how outputs are read as predictions and what counts as correct. A new loss is one class with a <see cref="CatalogueEntryAttribute"/>.
/// </summary>
[Catalogue("loss")]
public abstract class Loss
{
    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Loss>.Default.EntryOf(this).Name;

    /// <summary>How outputs of a network trained with this loss become predictions.</summary>
    public abstract OutputReading Reading { get; }

    /// <summary>The metric that tells most about a network trained with this loss: <c>Accuracy</c>, <c>RMSE</c>, ...</summary>
    public abstract string DefaultMetric { get; }

    /// <summary>Checks that a network's output and a data set's targets fit this loss, and each other.</summary>
    /// <param name="output">The network's output shape, without the batch dimension.</param>
    /// <param name="data">The data set; only its target columns matter.</param>
    /// <returns>The form in which <see cref="Compute"/> wants the targets.</returns>
    /// <exception cref="ExperimentException">MissingTarget, LossTargetMismatch or LossOutputMismatch; the message names both sides.</exception>
    public abstract TargetLayout Fit(Shape output, Dataset data);

    /// <summary>Whether <see cref="Compute"/> is the mean over all outputs, not a sum over those of a row.</summary>
    public virtual bool IsMean => true;

    /// <summary>Whether <see cref="Compute"/> is the sum over the rows, not a mean.</summary>
    public virtual bool IsSum => false;

    /// <summary>Turns a stored target value into the one that the loss computes with.</summary>
    /// <param name="value">The value as the column holds it; changed in place.</param>
    /// <param name="layout">The targets' form.</param>
    /// <returns>Null when the value is allowed, else what is expected instead, as a clause for an error message.</returns>
    public virtual string? Encode(ref float value, TargetLayout layout) => null;

    /// <summary>The loss of a batch, recorded by autograd when gradients are on.</summary>
    /// <param name="prediction">The network's outputs, batch dimension first.</param>
    /// <param name="target">The targets in the form that <see cref="Fit"/> gave, batch dimension first.</param>
    /// <param name="sampleWeight">One weight a row, [batch], or null for equal weights; the mean or sum is then weighted.</param>
    /// <returns>A scalar tensor: the mean over the rows, or their sum (<see cref="IsSum"/>).</returns>
    public abstract torch.Tensor Compute(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight = null);

    /// <summary>The loss of the batches of several networks, each by itself.</summary>
    /// <param name="prediction">Their outputs, [models, batch, ...].</param>
    /// <param name="target">Their targets as for <see cref="Compute"/>, one network's behind the other's: [models · batch, ...].</param>
    /// <param name="models">How many networks.</param>
    /// <returns>[models].</returns>
    internal virtual torch.Tensor ComputeEach(torch.Tensor prediction, torch.Tensor target, int models)
    {
        long rows = prediction.shape[1];
        return torch.stack([.. Enumerable.Range(0, models).Select(k => Compute(prediction.select(0, k), target.narrow(0, k * rows, rows)))]);
    }

    /// <summary>The sum, and its gradient, of rows that have no weight together: what a part of a batch adds to the batch's sum, where only the batch has a weight to divide by.</summary>
    /// <param name="prediction">The network's output, as for <see cref="Compute"/>.</param>
    /// <param name="target">The targets, as for <see cref="Compute"/>.</param>
    /// <param name="sampleWeight">The weights, as for <see cref="Compute"/>.</param>
    internal virtual torch.Tensor ComputeWeightless(torch.Tensor prediction, torch.Tensor target, torch.Tensor? sampleWeight) => Compute(prediction, target, sampleWeight);

    /// <summary>What the mean of <see cref="Compute"/> was divided by, so that means of batches combine exactly; null means the number of rows. Of a sum it is what its mean would be divided by.</summary>
    /// <param name="target">The targets, as for <see cref="Compute"/>.</param>
    /// <param name="sampleWeight">The weights, as for <see cref="Compute"/>.</param>
    public virtual torch.Tensor? TotalWeight(torch.Tensor target, torch.Tensor? sampleWeight) => sampleWeight?.sum();

    /// <summary>What one row adds to <see cref="TotalWeight"/>, its sample weight left out.</summary>
    /// <param name="targets">The row's targets in the form that <see cref="Fit"/> gave.</param>
    /// <param name="layout">Their form.</param>
    internal virtual double WeightOf(ReadOnlySpan<float> targets, TargetLayout layout) => 1;

    /// <summary>What a batch adds to means over all rows: the sum of its losses, and what they weigh.</summary>
    /// <param name="value">What <see cref="Compute"/> gave.</param>
    /// <param name="target">The targets, as for <see cref="Compute"/>.</param>
    /// <param name="sampleWeight">The weights, as for <see cref="Compute"/>.</param>
    /// <param name="rows">How many rows.</param>
    internal (double Sum, double Weight) Weigh(double value, torch.Tensor target, torch.Tensor? sampleWeight, int rows)
    {
        double weight = TotalWeight(target, sampleWeight)?.item<float>() ?? rows;
        return (IsSum || weight == 0 ? value : value * weight, weight);
    }

    /// <summary>Counts correct decisions (see <see cref="TargetLayout.Decisions"/>); 0 for losses on numbers.</summary>
    /// <param name="outputs">Raw outputs of whole rows, row-major.</param>
    /// <param name="targets">The rows' targets in the form that <see cref="Fit"/> gave, row-major.</param>
    /// <param name="layout">The targets' form.</param>
    public virtual long CountCorrect(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, TargetLayout layout) => 0;

    /// <summary>The loss's name and the parameters that differ from their defaults, as JSON text.</summary>
    public override string ToString() => Catalogue<Loss>.Default.ToJson(this).ToJsonString();

    /// <summary>A weighted mean from its sum; the sum itself, with a gradient of 0, where nothing has weight (label smoothing leaves a sum there).</summary>
    /// <param name="sum">The weighted sum.</param>
    /// <param name="weight">The sum of the weights, 0 or more.</param>
    internal static torch.Tensor Divide(torch.Tensor sum, torch.Tensor weight) => weight.ToDouble() > 0 ? sum / weight : (sum * 0) + sum.detach();

    /// <summary>The data set's targets; an error when it has none.</summary>
    /// <param name="data">The data set.</param>
    private protected static IReadOnlyList<DataColumn> TargetsOf(Dataset data) => data.Targets.Count > 0
        ? data.Targets
        : throw new ExperimentException("MissingTarget", ErrorKind.InvalidArgument,
            $"The data set '{data.Name}' has no target column to train towards; name one when making it (-Target).", data.Name);

    private protected ExperimentException TargetError(string message, DataColumn column) =>
        new("LossTargetMismatch", ErrorKind.InvalidArgument, $"{Type}: {message}", column.Name);

    private protected ExperimentException OutputError(string message, Shape output) =>
        new("LossOutputMismatch", ErrorKind.InvalidArgument, $"{Type}: {message}", output);

    /// <summary>Refuses a sum over the outputs of a row where a row has one loss only; the rows can be summed.</summary>
    private protected void RequireOneARow()
    {
        if (!IsMean && !IsSum)
            throw new ExperimentException("InvalidReduction", ErrorKind.InvalidArgument, $"{Type} is one number for each row, so there is nothing to sum in a row: leave out Reduction, or take Sum for the sum over the rows.", this);
    }
}
