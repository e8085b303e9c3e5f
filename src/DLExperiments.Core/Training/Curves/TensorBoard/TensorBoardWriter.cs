using DLExperiments.Errors;

namespace DLExperiments.Training.Curves.TensorBoard;

/// <summary>
/// Writes the epochs for TensorBoard, as Keras does: the folders <c>training</c> and <c>validation</c> are runs of the same tags (Loss, Accuracy, each
/// metric), so that both lie in one chart; the step is the epoch. Learning rate, norms, penalty and speed are in <c>training</c>.
/// </summary>
public sealed class TensorBoardWriter : ITrainingObserver, IDisposable
{
    private readonly string folder;
    private readonly EventFile training;
    private readonly long lastStep;
    private EventFile? validation;

    /// <summary>Opens the folder.</summary>
    /// <param name="folder">Full path; made when it does not exist.</param>
    /// <param name="history">The epochs of a training that goes on: later events are cut off, missing ones are written. Null for a new training.</param>
    /// <param name="force">Whether events of another training may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists: the folder has events of another training; FileNotWritable.</exception>
    public TensorBoardWriter(string folder, IReadOnlyList<EpochResult>? history = null, bool force = false)
    {
        this.folder = folder;
        if (history is null) Clear(folder, force);
        lastStep = history is [.., var last] ? last.Epoch : 0;
        training = EventFile.Open(Path.Combine(folder, "training"), lastStep);
        foreach (EpochResult epoch in history ?? []) Write(epoch, missing: true);
    }

    /// <summary>Checks that a new training may write to a folder.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="force">Whether events of another training may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists.</exception>
    public static void Check(string folder, bool force)
    {
        if (!force && Pieces(folder).Any(EventFile.Exists))
            throw new ExperimentException("FileExists", ErrorKind.AlreadyExists, $"'{folder}' has events of another training already. Use -Force to replace them, or choose another folder.", folder);
    }

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch) => Write(epoch, missing: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        training.Dispose();
        validation?.Dispose();
    }

    private static string[] Pieces(string folder) => [Path.Combine(folder, "training"), Path.Combine(folder, "validation")];

    private static void Clear(string folder, bool force)
    {
        Check(folder, force);
        foreach (string piece in Pieces(folder)) EventFile.Clear(piece);
    }

    private void Write(EpochResult epoch, bool missing)
    {
        if (!missing || epoch.Epoch > training.LastStep)
            Append(training, epoch, [("Loss", epoch.TrainingLoss), ("Accuracy", epoch.TrainingAccuracy), .. epoch.Metrics.Select(m => (m.Name, (double?)m.Training)),
                ("LearningRate", epoch.LearningRate), ("Penalty", epoch.Penalty), ("GradientNorm", epoch.GradientNorm), ("WeightNorm", epoch.WeightNorm), ("SamplesPerSecond", epoch.SamplesPerSecond)]);
        if (epoch.ValidationLoss is null) return;
        validation ??= EventFile.Open(Path.Combine(folder, "validation"), lastStep);
        if (!missing || epoch.Epoch > validation.LastStep)
            Append(validation, epoch, [("Loss", epoch.ValidationLoss), ("Accuracy", epoch.ValidationAccuracy), .. epoch.Metrics.Select(m => (m.Name, m.Validation))]);
    }

    private static void Append(EventFile file, EpochResult epoch, IEnumerable<(string Tag, double? Value)> values) =>
        file.Append(EventRecord.Scalars(epoch.Timestamp, epoch.Epoch, values.Where(v => v.Value is not null).Select(v => (v.Tag, v.Value!.Value))));
}
