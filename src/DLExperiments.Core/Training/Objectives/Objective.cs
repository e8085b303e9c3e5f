using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Objectives;

/// <summary>
/// How a batch becomes losses and which parameters each loss updates. The loop and the engines know no more than this: a new kind of
/// training (several losses, several optimizers that take turns) is a new class with a <see cref="CatalogueEntryAttribute"/>. As it is made it
/// holds settings; <see cref="Fit"/> gives the one that trains.
/// </summary>
[Catalogue("objective")]
public abstract class Objective
{
    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Objective>.Default.EntryOf(this).Name;

    /// <summary>What is minimised, in a few words for reports: <c>CrossEntropy</c>.</summary>
    public virtual string LossName => Type;

    /// <summary>
    /// The names of what it measures, <c>Loss</c> first; <see cref="MeasureTotals"/> are in this order. <c>Accuracy</c> is known to the loop; others become
    /// columns of the history with Training and Validation before their names.
    /// </summary>
    public abstract IReadOnlyList<string> Measures { get; }

    /// <summary>What the outputs that are trained mean; the trained model keeps it. None when outputs are not compared with targets.</summary>
    public virtual IReadOnlyList<ModelOutput> Outputs => [];

    /// <summary>The targets that it needs of the data.</summary>
    public virtual IReadOnlyList<TargetPlan> Targets => [];

    /// <summary>The players: which parameters an update changes, and by which optimizer. One with all parameters unless several take turns.</summary>
    public virtual IReadOnlyList<PlayerPlan> Players => PlayerPlan.One;

    /// <summary>Whether it hands its outputs and their targets to <see cref="MeasureTotals.AddOutputs"/>, set by set as in <see cref="Outputs"/>, so that metrics can be measured in every epoch.</summary>
    public virtual bool MeasuresOutputs => false;

    /// <summary>What metrics can be measured of; by default the outputs that are compared with targets, where <see cref="MeasuresOutputs"/>.</summary>
    /// <param name="piece">The rows: training rows, or those that a model is measured on.</param>
    /// <param name="preprocessing">The steps on the data; those on targets are undone, so that errors are in the target's own units.</param>
    /// <exception cref="ExperimentException">MetricMismatch: nothing can be measured; the message says why and what to do.</exception>
    internal virtual IReadOnlyList<MeasuredOutput> Measured(PreparedPiece piece, Preprocessing preprocessing) => !MeasuresOutputs
        ? throw new ExperimentException("MetricMismatch", ErrorKind.InvalidArgument, $"Metrics compare outputs with targets, which the objective {Type} does not; measure the predictions with Measure-Prediction.", Type)
        : [.. Outputs.Select((o, i) => (Output: o, Set: i)).Where(o => !o.Output.IsAuxiliary).Select(o => new MeasuredOutput(o.Output.Name, o.Set,
            new OutputForm(o.Output.Loss!, piece.TargetSets[o.Set].Layout, piece.Network.ShapeOf(o.Output.Name), o.Output.ClassNames, o.Output.IsFirstTarget ? preprocessing : null)))];

    /// <summary>The inputs of the network that the data feeds; all of them unless the objective makes some itself (noise).</summary>
    /// <param name="network">The network.</param>
    public virtual IReadOnlyList<string> Inputs(NetworkDefinition network) => [.. network.Inputs.Select(i => i.Name)];

    /// <summary>Whether it reads training rows that are not augmented: other rows than the batch's (<see cref="TorchStep.Take"/>), or the batch's as they are.</summary>
    /// <param name="augmented">Whether the training rows are augmented.</param>
    public virtual bool ReadsPlainRows(bool augmented) => false;

    /// <summary>Whether the rows of a batch, and no others, go through the network together.</summary>
    internal virtual bool SendsBatchAlone => true;

    /// <summary>Called before a training whose rows have weights.</summary>
    /// <exception cref="ExperimentException">WeightsNotUsed: the objective cannot use them.</exception>
    internal virtual void RefuseRowWeights()
    {
    }

    /// <summary>Fits the settings to a network and its data: chooses losses, matches outputs with targets, checks everything.</summary>
    /// <param name="request">The network, the data and what was asked for beside the settings.</param>
    /// <returns>The objective that trains; this one stays as it is.</returns>
    /// <exception cref="ExperimentException">Settings, network and data do not go together.</exception>
    public abstract Objective Fit(ObjectiveRequest request);

    /// <summary>What a trained model keeps, so that it is measured as it was trained: the settings that were given, or those of this fitted objective.</summary>
    /// <param name="given">The settings that <see cref="Fit"/> was called on.</param>
    internal virtual Objective Keep(Objective given) => given;

    /// <summary>Makes one training step with libtorch: computes, updates and adds to the step's totals.</summary>
    /// <param name="step">The batch, the network, the players with their optimizers, and the totals.</param>
    /// <returns>The step's loss. When it is not finite, nothing may have been updated: the loop then stops.</returns>
    public abstract double Train(TorchStep step);

    /// <summary>Measures a batch with libtorch, in evaluation mode and without gradients, and adds to the step's totals.</summary>
    /// <param name="step">The batch, the network and the totals.</param>
    public abstract void Evaluate(TorchStep step);

    /// <summary>The objective's name and the settings that differ from their defaults, as JSON text.</summary>
    public override string ToString() => Catalogue<Objective>.Default.ToJson(this).ToJsonString();

    /// <summary>A copy that <see cref="Fit"/> may complete.</summary>
    private protected T Copy<T>()
        where T : Objective => (T)MemberwiseClone();
}
