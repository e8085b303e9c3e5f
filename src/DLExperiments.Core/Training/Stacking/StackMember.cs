using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Stacking;

/// <summary>The engine of one training in a stack: what it asks for is computed together with what the others ask for, and it sees none of them.</summary>
internal sealed class StackMember : IStepEngine
{
    private readonly TrainingStack stack;

    internal StackMember(TrainingStack stack, StackedRun run)
    {
        this.stack = stack;
        Run = run;
        Measures = run.Settings.Rules.MeasuresWith(run.Settings.Objective);
        Device = run.Settings.Device.Trim().ToLowerInvariant();
    }

    /// <summary>The training.</summary>
    internal StackedRun Run { get; }

    /// <summary>Called when what it asked for is done.</summary>
    internal WakeUp Done { get; } = new();

    /// <inheritdoc/>
    public string Name => "Torch";

    /// <inheritdoc/>
    public string Device { get; }

    /// <inheritdoc/>
    public int Threads => stack.Threads;

    /// <inheritdoc/>
    public int StackSize => stack.Size;

    /// <inheritdoc/>
    public IReadOnlyList<string> Measures { get; }

    /// <inheritdoc/>
    public void BeginEpoch(ReadOnlySpan<int> order)
    {
        if (order.IsEmpty && Run.Order.Length == 0) return;
        Run.Order = order.ToArray();
        stack.Reorder();
    }

    /// <inheritdoc/>
    public double Train(int first, int count, long step, double learningRate, MeasureTotals totals)
    {
        (Run.Piece, Run.First, Run.Count, Run.Step, Run.LearningRate, Run.Totals) = (null, first, count, step, learningRate, totals);
        stack.Do(this);
        return Run.Loss;
    }

    /// <inheritdoc/>
    public void Evaluate(PreparedPiece piece, MeasureTotals totals)
    {
        (Run.Piece, Run.Totals) = (piece, totals);
        stack.Do(this);
    }

    /// <inheritdoc/>
    public WeightSet ExportWeights() => stack.Export(Run);

    /// <inheritdoc/>
    public void ImportWeights(WeightSet weights) => stack.Import(Run, weights);

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSnapshot> ExportOptimizers() => throw NoCheckpoints();

    /// <inheritdoc/>
    public void ImportOptimizers(IReadOnlyList<OptimizerSnapshot> snapshots) => throw NoCheckpoints();

    /// <inheritdoc/>
    public void Dispose() => stack.Leave(this);

    private static NotSupportedException NoCheckpoints() => new("Trainings that keep checkpoints are never stacked.");
}
