using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Training.Checkpoints;

namespace DLExperiments.Training.Curves;

/// <summary>Follows a training of another process by its files: the learning curve, or what a run folder says of it.</summary>
public sealed class CurveWatch
{
    private readonly string? curve, folder;

    private CurveWatch(string? curve, string? folder, int? epochs)
    {
        this.curve = curve;
        this.folder = folder;
        Epochs = epochs;
    }

    /// <summary>How many epochs the training is to have; null when the files do not say.</summary>
    public int? Epochs { get; }

    /// <summary>Finds the learning curve of a training.</summary>
    /// <param name="path">Full path of a learning curve, or of a folder: one with a curve in it, or with the checkpoints of Invoke-Training -Checkpoint.</param>
    /// <exception cref="ExperimentException">FileNotFound, or NoLearningCurve: the folder has none, and no checkpoint.</exception>
    public static CurveWatch Open(string path)
    {
        if (File.Exists(path)) return new CurveWatch(path, null, null);
        if (!Directory.Exists(path)) throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"There is no learning curve or run folder '{path}'.", path);
        TrainingCheckpoint? newest = Newest(path);
        JsonNode? options = newest?.Identity["options"];
        string? file = options?["learningCurve"]?.GetValue<string>() is { } named && File.Exists(named) ? named
            : Directory.EnumerateFiles(path, "*.csv").Where(IsCurve).MaxBy(File.GetLastWriteTimeUtc);
        if (file is null && newest is null)
            throw new ExperimentException("NoLearningCurve", ErrorKind.NotFound, $"'{path}' has no learning curve and no checkpoint. Give the path of the CSV file that Invoke-Training -LearningCurve writes.", path);
        return new CurveWatch(file, path, options?["epochs"]?.GetValue<int>());
    }

    /// <summary>The epochs so far; a row that is being written is left out.</summary>
    /// <exception cref="ExperimentException">What <see cref="LearningCurveReader.Read"/> objects to.</exception>
    public LearningCurve Read() => curve is not null ? LearningCurveReader.Read(curve) : FromCheckpoint();

    /// <summary>Whether a training still writes: it holds the curve open, or the lock of its run folder.</summary>
    public bool IsWritten() => (curve is not null && IsHeld(curve)) || (folder is not null && CheckpointFolder.LockOf(folder) is { } held && IsHeld(held));

    /// <summary>Whether someone has a file open.</summary>
    internal static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsCurve(string path)
    {
        try
        {
            LearningCurveReader.Read(path);
            return true;
        }
        catch (Exception e) when (e is ExperimentException or IOException or UnauthorizedAccessException)
        {
            return false; // another table
        }
    }

    // A checkpoint that is being replaced may vanish between listing and reading; the one before it is still there.
    private static TrainingCheckpoint? Newest(string folder)
    {
        foreach (string file in CheckpointFolder.FilesOf(folder))
        {
            try
            {
                return CheckpointFile.Read(file);
            }
            catch (Exception e) when (e is ExperimentException or IOException)
            {
                continue;
            }
        }
        return null;
    }

    private static object?[] Row(EpochResult e) =>
        [e.Epoch, e.TrainingLoss, e.TrainingAccuracy, e.ValidationLoss, e.ValidationAccuracy, e.LearningRate, e.Duration.TotalSeconds, .. e.MetricColumns().Select(m => (object?)m.Value)];

    private LearningCurve FromCheckpoint()
    {
        IReadOnlyList<EpochResult> history = Newest(folder!)?.History ?? [];
        string[] metrics = [.. history.Take(1).SelectMany(e => e.MetricColumns()).Select(m => m.Name)];
        return new LearningCurve(folder!, "DLExperiments", ["Epoch", "TrainingLoss", "TrainingAccuracy", "ValidationLoss", "ValidationAccuracy", "LearningRate", "DurationSeconds", .. metrics],
            [.. history.Select(Row)]);
    }
}
