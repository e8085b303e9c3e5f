using System.Globalization;
using System.Management.Automation;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>Shows a training as a progress bar, four times a second at most.</summary>
internal sealed class TrainingProgressWriter : ITrainingObserver
{
    private const long Interval = 250;

    private readonly Action<ProgressRecord> show;
    private readonly Action<string> warn;
    private readonly string activity;
    private long last = Environment.TickCount64;
    private bool shown;

    internal TrainingProgressWriter(Action<ProgressRecord> show, Action<string> warn, string activity)
    {
        this.show = show;
        this.warn = warn;
        this.activity = activity;
    }

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
        if (Environment.TickCount64 - last < Interval) return;
        last = Environment.TickCount64;
        shown = true;
        string accuracy = progress.TrainingAccuracy is { } a ? string.Create(CultureInfo.InvariantCulture, $", accuracy {a:P1}") : "";
        string others = string.Concat(progress.Measures.Select(m => string.Create(CultureInfo.InvariantCulture, $", {m.Name} {m.Value:G4}")));
        show(new ProgressRecord(0, activity, string.Create(CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}, batch {progress.StepInEpoch}/{progress.StepsPerEpoch}: loss {progress.TrainingLoss:G4}{accuracy}{others}, {progress.SamplesPerSecond:N0} samples/s"))
        {
            PercentComplete = (int)(100 * progress.Completed),
            SecondsRemaining = (int)(progress.Remaining?.TotalSeconds ?? -1),
        });
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
    }

    /// <inheritdoc/>
    public void OnWarning(string message) => warn(message);

    internal void Complete()
    {
        if (shown) show(new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed });
    }
}
