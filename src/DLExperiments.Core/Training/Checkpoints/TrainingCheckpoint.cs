using System.Text.Json.Nodes;
using DLExperiments.Networks;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Checkpoints;

/// <summary>
/// Where a training stands: everything that its next step depends on. Randomness is keyed by seed, epoch and step, and schedules and early
/// stopping follow from the history, so weights, optimizers, history and position are enough to go on to the same bits.
/// </summary>
internal sealed record TrainingCheckpoint
{
    /// <summary>What the training is: network, data, options, engine, versions. It must be the same when it goes on.</summary>
    internal required JsonObject Identity { get; init; }

    internal required WeightSet Weights { get; init; }

    /// <summary>The weights of the best epoch, when early stopping keeps them.</summary>
    internal WeightSet? BestWeights { get; init; }

    internal required IReadOnlyList<OptimizerSnapshot> Optimizers { get; init; }

    internal required IReadOnlyList<EpochResult> History { get; init; }

    /// <summary>Steps made over all epochs.</summary>
    internal required long Step { get; init; }

    /// <summary>Steps made in the epoch after the last one in the history; 0 between epochs.</summary>
    internal required int StepInEpoch { get; init; }

    internal required long SampleCount { get; init; }

    /// <summary>The sums of the measures in the unfinished epoch, and their weights.</summary>
    internal required double[] Sums { get; init; }

    internal required double[] SumWeights { get; init; }

    /// <summary>What the metrics have added up in the unfinished epoch, one list each; empty between epochs and without metrics.</summary>
    internal double[][] MetricSums { get; init; } = [];

    internal required TimeSpan Elapsed { get; init; }

    /// <summary>How long the unfinished epoch has taken.</summary>
    internal required TimeSpan EpochElapsed { get; init; }

    /// <summary>The text of all scripts that the training has.</summary>
    internal IEnumerable<string> Scripts() => Scripts(Identity);

    private static IEnumerable<string> Scripts(JsonNode? node) => node switch
    {
        JsonObject table => table.SelectMany(p => p.Key == "script" && p.Value is JsonValue text ? [text.GetValue<string>()] : Scripts(p.Value)),
        JsonArray list => list.SelectMany(Scripts),
        _ => [],
    };
}
