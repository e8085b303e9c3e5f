using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Commands.Sweeps;

/// <summary>What a sweep would do, and how long it would take: the answer to -WhatIf.</summary>
public sealed record SweepEstimate
{
    /// <summary>How many trials there would be: settings times repeats times folds.</summary>
    public required int Trials { get; init; }

    /// <summary>How many settings.</summary>
    public required int Settings { get; init; }

    /// <summary>How many outer folds there are, each with all settings; 1 for a sweep that is not nested.</summary>
    public int OuterFolds { get; init; } = 1;

    /// <summary>How often each setting is tried: repeats times folds.</summary>
    public required int TrialsPerSetting { get; init; }

    /// <summary>The parameters with their values.</summary>
    public required string[] Space { get; init; }

    /// <summary>What chooses the points.</summary>
    public required string Sampler { get; init; }

    /// <summary>What gives trials up; null for nothing.</summary>
    public string? Pruner { get; init; }

    /// <summary>Where trials run.</summary>
    public required string Launcher { get; init; }

    /// <summary>Why there.</summary>
    public required string LauncherReason { get; init; }

    /// <summary>The machines that they run on; empty for this one, or when a scheduler chooses.</summary>
    public required string[] Hosts { get; init; }

    /// <summary>How many run at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Threads of a training.</summary>
    public int? Threads { get; init; }

    /// <summary>The first settings that are tried.</summary>
    public required Setting[] First { get; init; }

    /// <summary>The engine that the first trial trains with; null when it trains nothing.</summary>
    public string? Engine { get; init; }

    /// <summary>How many trials one thread would train together as one network; 1 for each alone.</summary>
    public int Stack { get; init; } = 1;

    /// <summary>Why so many; null for scripts, whose trials are never trained together, and when the first trial trains nothing.</summary>
    public string? StackReason { get; init; }

    /// <summary>Trained numbers of the first trial's network; null when it trains nothing.</summary>
    public long? ParameterCount { get; init; }

    /// <summary>The time of one step, as measured on the first trial; null when it trains nothing.</summary>
    public TimeSpan? StepTime { get; init; }

    /// <summary>The time of one step of <see cref="Stack"/> trainings together, as measured on copies of the first; null when each is trained alone.</summary>
    public TimeSpan? StackStepTime { get; init; }

    /// <summary>The time of one trial alone: what it took beside the training, and all steps of its epochs.</summary>
    public TimeSpan? TrialTime { get; init; }

    /// <summary>The time of the whole sweep when all trials are like the first and none is given up, in stacks where they are trained so.</summary>
    public TimeSpan? TotalTime { get; init; }

    /// <summary>By how many bytes the process grew with the first trial, times those at once; shared data is counted once, in the first.</summary>
    public long? Memory { get; init; }

    /// <summary>The same for each of so many outer folds, with the trials that measure the chosen settings.</summary>
    internal SweepEstimate TimesOuter(int folds, int repeats) => folds == 1 ? this
        : this with { OuterFolds = folds, Trials = (Trials + repeats) * folds, TotalTime = TotalTime is { } time && TrialTime is { } one ? (time + one * repeats) * folds : null };
}
