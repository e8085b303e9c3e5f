using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Engines;

/// <summary>
/// What computes: makes training steps and measures. The loop owns everything else (epochs, order, stopping, curves, checkpoints), so
/// engines are interchangeable. All randomness is keyed by seed and step, so any step can be made again.
/// </summary>
public interface IStepEngine : IDisposable
{
    /// <summary>The engine's name.</summary>
    string Name { get; }

    /// <summary>Where it computes: <c>cpu</c>, <c>cuda:0</c>.</summary>
    string Device { get; }

    /// <summary>CPU threads that one operation may use.</summary>
    int Threads { get; }

    /// <summary>How many trainings it computes together as one network, this one included; 1 for one alone.</summary>
    int StackSize => 1;

    /// <summary>The numbers of the layers' products; 32 bits unless an engine can do with fewer.</summary>
    Precision Precision => Precision.Float32;

    /// <summary>How batches of images lie in memory; contiguous unless an engine turns them.</summary>
    MemoryFormat MemoryFormat => MemoryFormat.Contiguous;

    /// <summary>The names of what it measures, <c>Loss</c> first.</summary>
    IReadOnlyList<string> Measures { get; }

    /// <summary>How long training steps waited for their rows to be gathered, decoded or augmented.</summary>
    TimeSpan DataWait => TimeSpan.Zero;

    /// <summary>Sets the order of the training rows for the steps that follow.</summary>
    /// <param name="order">A permutation of all training rows, copied if it is needed later; empty for the order in which they are.</param>
    void BeginEpoch(ReadOnlySpan<int> order);

    /// <summary>Sets the momentum of the steps that follow in the place of the optimizer's own. Only an engine that was made for it (<see cref="EngineSettings.ChangesMomentum"/>) is asked to.</summary>
    /// <param name="momentum">The momentum, 0 to below 1.</param>
    void SetMomentum(double momentum) => throw new NotSupportedException($"The engine {Name} has no changing momentum.");

    /// <summary>Makes one training step.</summary>
    /// <param name="first">The batch's first place in the epoch's order.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="step">The step over all epochs, from 0; with the seed it keys dropout and augmentation.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="totals">Gets the batch's measures added.</param>
    /// <returns>The step's loss; when it is not finite, the weights are as before the step.</returns>
    double Train(int first, int count, long step, double learningRate, MeasureTotals totals);

    /// <summary>Measures all rows of a piece in evaluation mode.</summary>
    /// <param name="piece">The piece; what the engine makes of it is kept for the next time.</param>
    /// <param name="totals">Gets the measures added.</param>
    void Evaluate(PreparedPiece piece, MeasureTotals totals);

    /// <summary>
    /// Counts the units that give 0 for every row of a piece, in evaluation mode. Only an engine that was made for it (<see cref="Updates.UpdateRules.ReportDeadUnits"/>) is asked to.
    /// </summary>
    /// <param name="piece">The piece.</param>
    /// <returns>How many of how many units of each layer whose units can die.</returns>
    IReadOnlyList<(string Layer, int Dead, int Units)> CountDeadUnits(PreparedPiece piece) => throw new NotSupportedException($"The engine {Name} does not look at units.");

    /// <summary>Copies the weights out.</summary>
    WeightSet ExportWeights();

    /// <summary>Copies out the weights that the training is for: their moving average where it keeps one, else the weights themselves.</summary>
    WeightSet ExportResult() => ExportWeights();

    /// <summary>Copies weights in.</summary>
    /// <param name="weights">Weights of the same network.</param>
    void ImportWeights(WeightSet weights);

    /// <summary>Copies out what each optimizer remembers.</summary>
    IReadOnlyList<OptimizerSnapshot> ExportOptimizers();

    /// <summary>Lets each optimizer remember what a snapshot holds.</summary>
    /// <param name="snapshots">One for each optimizer, as <see cref="ExportOptimizers"/> gave them.</param>
    void ImportOptimizers(IReadOnlyList<OptimizerSnapshot> snapshots);
}
