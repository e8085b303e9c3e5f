using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training.Fused;

namespace DLExperiments.Evaluation;

/// <summary>Measures a loss on outputs and targets in managed memory, batch by batch.</summary>
internal abstract class LossMeter
{
    private double sum, weight;

    /// <summary>The mean loss of all rows so far.</summary>
    internal double Loss => sum / weight;

    /// <summary>Makes a meter: without libtorch for the losses that the fused engine knows.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="layout">The form of its targets.</param>
    /// <param name="output">The shape of one row's outputs.</param>
    internal static LossMeter Create(Loss loss, TargetLayout layout, Shape output) =>
        FusedScope.Refuse(loss, layout) is null ? new FusedLossMeter(loss, layout) : new TorchLossMeter(loss, layout, output);

    /// <summary>Adds rows.</summary>
    /// <param name="outputs">Their outputs, row-major.</param>
    /// <param name="targets">Their targets, row-major.</param>
    /// <param name="rows">How many.</param>
    internal void Add(float[] outputs, float[] targets, int rows)
    {
        (double batch, double share) = Measure(outputs, targets, rows);
        sum += batch;
        weight += share;
    }

    /// <summary>The sum of the rows' losses and of their weights.</summary>
    private protected abstract (double Sum, double Weight) Measure(float[] outputs, float[] targets, int rows);
}
