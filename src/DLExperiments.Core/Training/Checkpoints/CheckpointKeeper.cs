using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DLExperiments.Training.Checkpoints;

/// <summary>Decides when a training writes a checkpoint, and keeps its folder.</summary>
internal sealed class CheckpointKeeper(CheckpointFolder folder, CheckpointInterval interval, JsonObject identity)
{
    private long written = Stopwatch.GetTimestamp(), writtenStep = -1;
    private int writtenEpochs = -1;

    /// <summary>What the training is, for each checkpoint.</summary>
    internal JsonObject Identity => identity;

    /// <summary>Says where the training stands when it begins or goes on, and writes that down when it begins.</summary>
    internal void Start(long step, int epochs, Func<TrainingCheckpoint>? make)
    {
        if (make is not null) folder.Write(make());
        writtenStep = step;
        writtenEpochs = epochs;
    }

    internal bool IsDue(long step, int epochs, bool epochEnded)
    {
        bool late = interval.Time is not { } time || Stopwatch.GetElapsedTime(written) >= time;
        if (interval.Epochs is { } every) return epochEnded && late && epochs - writtenEpochs >= every;
        return interval.Steps is { } steps ? step - writtenStep >= steps : late;
    }

    /// <summary>Writes a checkpoint unless the last one says the same.</summary>
    internal void Write(Func<TrainingCheckpoint> make, long step, int epochs)
    {
        if (step == writtenStep && epochs == writtenEpochs) return;
        Start(step, epochs, make);
        written = Stopwatch.GetTimestamp();
    }
}
