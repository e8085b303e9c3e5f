using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Pruners;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Store;

/// <summary>All that decides what a sweep computes. It is written once, when the sweep begins, and every worker reads it.</summary>
public sealed record SweepPlan
{
    /// <summary>What is varied.</summary>
    public required SweepSpace Space { get; init; }

    /// <summary>What chooses the points.</summary>
    public Sampler Sampler { get; init; } = new TpeSampler();

    /// <summary>What gives trials up, or null.</summary>
    public Pruner? Pruner { get; init; }

    /// <summary>What is looked for, at least one.</summary>
    public required IReadOnlyList<SweepObjective> Objectives { get; init; }

    /// <summary>How many points there are.</summary>
    public required int Points { get; init; }

    /// <summary>How often each point is tried, with another seed each time.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>How many folds of the data each repeat is tried on; 1 for the data as it is.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>The seed of the points, and of the trainings of the first repeat; the next has the next number.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// A point is chosen and judged by all points but the last so many before it. So the sweep is the same whoever runs it, in whatever order trials end,
    /// as long as no more than so many points are tried at once.
    /// </summary>
    public int Lag { get; init; } = 1;

    /// <summary>The <see cref="Lag"/> with which so many trials may run at once: one more than the points before one's own that they belong to.</summary>
    /// <param name="workers">How many trials run at once.</param>
    /// <param name="trialsPerPoint">How many trials one point has.</param>
    public static int LagOf(int workers, int trialsPerPoint) => trialsPerPoint == 1 ? workers : (workers - 1) / trialsPerPoint + 2;

    /// <summary>CPU threads of a training that names none; null for its own choice.</summary>
    public int? Threads { get; init; }

    /// <summary>How often a trial whose worker vanished is begun again.</summary>
    public int MaxRetry { get; init; } = 3;

    /// <summary>Whether trainings in trials keep checkpoints in the trial's folder and go on from them.</summary>
    public bool Checkpoints { get; init; }

    /// <summary>Points that are tried first.</summary>
    public IReadOnlyList<double[]> FirstPoints { get; init; } = [];

    /// <summary>What a trial runs, as the code that runs trials understands it; it is only kept here.</summary>
    public JsonObject Body { get; init; } = [];

    /// <summary>A hash of the data that trials are given, or an empty text.</summary>
    public string Data { get; init; } = "";

    /// <summary>When the sweep was begun, UTC.</summary>
    public DateTime Created { get; init; } = DateTime.UtcNow;

    /// <summary>The version of this software.</summary>
    public string Software { get; init; } = Training.Checkpoints.TrainingIdentity.Software;

    /// <summary>How many trials there are: points times repeats times folds.</summary>
    public int TrialCount => Points * Repeats * Folds;

    /// <summary>How many trials one point has.</summary>
    public int TrialsPerPoint => Repeats * Folds;

    /// <summary>Whether what a trial does depends on the trials before it.</summary>
    public bool Learns => Sampler.Learns || Pruner?.Compares == true;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ExperimentException">InvalidSweep.</exception>
    public SweepPlan Validate()
    {
        if (Points < 1 || Repeats < 1 || Folds < 1 || Lag < 1 || MaxRetry < 0 || Objectives.Count == 0)
            throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, $"A sweep needs at least one trial, repeat and fold; there are {Points}, {Repeats} and {Folds}.");
        if ((long)Points * Repeats * Folds > 10_000_000)
            throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, $"{Points} trials of {Repeats} repeats and {Folds} folds are more than ten million runs.");
        if (Sampler.CountIn(Space.Cube) is { } all && Points > all + FirstPoints.Count)
            throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, $"The {Catalogues.Catalogue<Sampler>.Default.EntryOf(Sampler).Name} has {all} points, not {Points}; leave out -Trials, or give at most {all}.", Points);
        return this;
    }
}
