using System.Diagnostics;
using DLExperiments.Training;

namespace DLExperiments.Sweeps.Running;

/// <summary>How quickly the first training of a trial makes its steps, from some of them.</summary>
public sealed class StepPace
{
    /// <summary>How long is measured. The first step warms up; after it some are, until the clock has something to measure.</summary>
    internal static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(200);

    private long firstStep;
    private int steps, stepsInAll;
    private bool isKnown;

    /// <summary>The engine that trains; null before the first step.</summary>
    public string? Engine { get; private set; }

    /// <summary>How long was measured.</summary>
    public TimeSpan Measured { get; private set; }

    /// <summary>The time of a step; null when there were fewer than two.</summary>
    public TimeSpan? StepTime => steps > 0 ? Measured / steps : null;

    /// <summary>The time of all steps of the training; null when it is not known.</summary>
    public TimeSpan? TrainingTime => StepTime * stepsInAll;

    /// <summary>Takes note of a step.</summary>
    /// <param name="progress">Where the training stands.</param>
    /// <returns>True once, when enough is measured.</returns>
    public bool Note(TrainingProgress progress)
    {
        if (isKnown) return false;
        Engine = progress.Engine;
        stepsInAll = progress.Epochs * progress.StepsPerEpoch;
        if (firstStep == 0) firstStep = Stopwatch.GetTimestamp();
        else steps++;
        Measured = Stopwatch.GetElapsedTime(firstStep);
        return isKnown = steps > 0 && Measured >= Enough;
    }
}
