using DLExperiments.Catalogues;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Objectives;

/// <summary>
/// How a batch becomes losses and which parameters each loss updates. The loop and the engines know no more than this: a new kind of
/// training (several losses, several optimizers that take turns) is a new objective.
/// </summary>
[Catalogue("objective")]
public abstract class Objective
{
    /// <summary>The names of what it measures, <c>Loss</c> first; engines add to them in this order.</summary>
    public abstract IReadOnlyList<string> Measures { get; }

    /// <summary>Makes one training step with libtorch: computes, updates and adds to the step's totals.</summary>
    /// <param name="step">The batch, the networks with their optimizers, and the totals.</param>
    /// <returns>The step's loss. When it is not finite, nothing may have been updated: the loop then stops.</returns>
    public abstract double Train(TorchStep step);

    /// <summary>Measures a batch with libtorch, in evaluation mode and without gradients, and adds to the step's totals.</summary>
    /// <param name="step">The batch, the networks and the totals.</param>
    public abstract void Evaluate(TorchStep step);
}
