using System.Diagnostics;
using DLExperiments.Training;

namespace DLExperiments.Benchmarks;

/// <summary>Times a training from its first step's end to its last epoch's: the peers' data and network are made before their clock starts, too.</summary>
internal sealed class StepClock : ITrainingObserver
{
    private long start;
    private TimeSpan cpuStart;
    private bool started;

    internal int Steps { get; private set; }

    internal TimeSpan Wall { get; private set; }

    internal TimeSpan Cpu { get; private set; }

    public void OnStep(TrainingProgress progress)
    {
        if (started)
        {
            Steps++;
            return;
        }
        started = true;
        (start, cpuStart) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    public void OnEpoch(EpochResult epoch) => (Wall, Cpu) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - cpuStart);
}
