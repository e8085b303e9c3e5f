using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsvHelper;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Training.Curves;

/// <summary>
/// Writes a learning curve: a CSV file with one row for each epoch, in the invariant culture, numbers in full precision. The columns are
/// <c>Epoch, TrainingLoss, TrainingAccuracy, ValidationLoss, ValidationAccuracy, LearningRate, Step, SampleCount, DurationSeconds,
/// ElapsedSeconds, SamplesPerSecond, Timestamp</c> (UTC, ISO 8601); a value that does not exist is an empty field.
/// </summary>
public sealed class LearningCurveWriter : ITrainingObserver, IDisposable
{
    /// <summary>The columns, in order.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "Epoch", "TrainingLoss", "TrainingAccuracy", "ValidationLoss", "ValidationAccuracy", "LearningRate", "Step", "SampleCount",
        "DurationSeconds", "ElapsedSeconds", "SamplesPerSecond", "Timestamp",
    ];

    // A row reaches the operating system after every epoch, so a killed process loses none; the disk itself is waited for once a
    // second at most, because that takes longer than an epoch of a small network.
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private readonly FileStream file;
    private readonly CsvWriter csv;
    private long lastSync = Stopwatch.GetTimestamp();

    /// <summary>Creates the file and writes the header.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists, FolderNotFound or FileNotWritable.</exception>
    public LearningCurveWriter(string path, bool force)
    {
        AtomicFile.CheckTarget(path, force);
        try
        {
            file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The learning curve '{path}' cannot be written: {e.Message}", path, e);
        }
        csv = new CsvWriter(new StreamWriter(file, new UTF8Encoding(false)), CultureInfo.InvariantCulture);
        foreach (string column in Columns) csv.WriteField(column);
        EndRow(sync: true);
    }

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
        csv.WriteField(epoch.Epoch);
        csv.WriteField(epoch.TrainingLoss);
        csv.WriteField(epoch.TrainingAccuracy);
        csv.WriteField(epoch.ValidationLoss);
        csv.WriteField(epoch.ValidationAccuracy);
        csv.WriteField(epoch.LearningRate);
        csv.WriteField(epoch.Step);
        csv.WriteField(epoch.SampleCount);
        csv.WriteField(epoch.Duration.TotalSeconds);
        csv.WriteField(epoch.Elapsed.TotalSeconds);
        csv.WriteField(epoch.SamplesPerSecond);
        csv.WriteField(epoch.Timestamp.ToString("O", CultureInfo.InvariantCulture));
        EndRow(sync: Stopwatch.GetElapsedTime(lastSync) > SyncInterval);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        csv.Flush();
        file.Flush(flushToDisk: true);
        csv.Dispose();
    }

    private void EndRow(bool sync)
    {
        csv.NextRecord();
        csv.Flush();
        file.Flush(sync);
        if (sync) lastSync = Stopwatch.GetTimestamp();
    }
}
