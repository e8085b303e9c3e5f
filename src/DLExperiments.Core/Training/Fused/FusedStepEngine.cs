using System.Runtime.Intrinsics;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused;

/// <summary>
/// Trains chains of dense layers with vector instructions of its own: forward, backward and optimizer in one pass over small memory, without
/// libtorch. Same seed, same weights, batches and dropout as the Torch engine; results agree to the rounding of 32-bit numbers.
/// </summary>
public sealed class FusedStepEngine : IStepEngine
{
    private readonly FusedRun run;

    /// <summary>Reads the data and lays out the network.</summary>
    /// <param name="settings">What to make it from.</param>
    /// <exception cref="ExperimentException">EngineNotApplicable: the training is outside of what it takes; NonFiniteData.</exception>
    public FusedStepEngine(EngineSettings settings)
        : this(settings, FusedWidth.Choose(settings.Network))
    {
    }

    internal FusedStepEngine(EngineSettings settings, int vectorBits)
    {
        if (FusedScope.Refuse(settings) is { } reason) throw NotApplicable(reason, settings.Network);
        Measures = settings.Rules.MeasuresWith(settings.Objective);
        VectorBits = vectorBits;
        run = FusedWidth.Start(settings, vectorBits);
    }

    /// <inheritdoc/>
    public string Name => "Fused";

    /// <inheritdoc/>
    public string Device => "cpu";

    /// <inheritdoc/>
    public int Threads => run.Threads;

    /// <inheritdoc/>
    public IReadOnlyList<string> Measures { get; }

    /// <summary>The width of the vectors in use: 512, 256, 128, or 32 for single numbers.</summary>
    public int VectorBits { get; }

    /// <summary>The width of the vectors that it would use for a network on this processor.</summary>
    /// <param name="network">The network.</param>
    public static int ChooseVectorBits(NetworkDefinition network) => FusedWidth.Choose(network);

    /// <summary>The widest vectors of this processor in bits; 32 when it has none.</summary>
    public static int WidestVectorBits => FusedWidth.Widest;

    /// <inheritdoc/>
    public void BeginEpoch(ReadOnlySpan<int> order) => run.BeginEpoch(order);

    /// <inheritdoc/>
    public double Train(int first, int count, long step, double learningRate, MeasureTotals totals) => run.Train(first, count, step, learningRate, totals);

    /// <inheritdoc/>
    public void Evaluate(PreparedPiece piece, MeasureTotals totals) => run.Evaluate(piece, totals);

    /// <inheritdoc/>
    public WeightSet ExportWeights() => run.ExportWeights();

    /// <inheritdoc/>
    public WeightSet ExportResult() => run.ExportResult();

    /// <inheritdoc/>
    public void ImportWeights(WeightSet weights) => run.ImportWeights(weights);

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSnapshot> ExportOptimizers() => [run.ExportOptimizer()];

    /// <inheritdoc/>
    public void ImportOptimizers(IReadOnlyList<OptimizerSnapshot> snapshots)
    {
        foreach (OptimizerSnapshot snapshot in snapshots) run.ImportOptimizer(snapshot);
    }

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();

    internal static ExperimentException NotApplicable(string reason, object? target) =>
        new("EngineNotApplicable", ErrorKind.InvalidArgument, $"The Fused engine cannot take this training: {reason}. Use -Engine Auto or Torch.", target);
}
