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
/// ElapsedSeconds, SamplesPerSecond, Timestamp, Penalty, GradientNorm, WeightNorm, DeadUnits</c> (times in UTC, ISO 8601); a value that does not exist is an empty field.
/// Behind them come the objective's own measures, such as <c>TrainingLoss_age</c>, and two for each metric that was asked for (<c>TrainingF1, ValidationF1</c>).
/// </summary>
public sealed class LearningCurveWriter : ITrainingObserver, IDisposable
{
    /// <summary>The columns, in order.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "Epoch", "TrainingLoss", "TrainingAccuracy", "ValidationLoss", "ValidationAccuracy", "LearningRate", "Step", "SampleCount",
        "DurationSeconds", "ElapsedSeconds", "SamplesPerSecond", "Timestamp", "Penalty", "GradientNorm", "WeightNorm",
        "DeadUnits",
    ];

    // A row reaches the operating system after every epoch, so a killed process loses none; the disk itself is waited for once a
    // second at most, because that takes longer than an epoch of a small network.
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan HeldAtMost = TimeSpan.FromSeconds(0.5);

    private readonly FileStream file;
    private readonly CsvWriter csv;
    private readonly IReadOnlyList<string> measures;
    private long lastSync = Stopwatch.GetTimestamp();
    private bool isBroken, isClosed;

    /// <summary>Creates the file and writes the header.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <param name="measures">Names of <see cref="EpochResult.Measures"/>, and of metrics, to write behind the columns that every curve has.</param>
    /// <exception cref="ExperimentException">FileExists, FolderNotFound or FileNotWritable.</exception>
    public LearningCurveWriter(string path, bool force, IReadOnlyList<string>? measures = null)
        : this(Open(path, force, FileMode.Create), measures)
    {
        Write(() => WriteHeader(csv, this.measures), sync: true);
    }

    private LearningCurveWriter(FileStream file, IReadOnlyList<string>? measures)
    {
        this.file = file;
        this.measures = measures ?? [];
        csv = Csv(file);
    }

    /// <summary>
    /// Goes on with a file: it is cut back to the epochs given, or made anew where it is missing. Until all of that is on disk, the old file stays.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="history">The epochs that it has.</param>
    /// <param name="measures">Names of <see cref="EpochResult.Measures"/>, and of metrics, that it has columns for.</param>
    /// <exception cref="ExperimentException">FolderNotFound or FileNotWritable.</exception>
    public static LearningCurveWriter GoOn(string path, IEnumerable<EpochResult> history, IReadOnlyList<string>? measures = null)
    {
        AtomicFile.Write(path, overwrite: true, stream =>
        {
            using CsvWriter csv = Csv(stream, leaveOpen: true);
            WriteHeader(csv, measures ?? []);
            csv.NextRecord();
            foreach (EpochResult epoch in history)
            {
                WriteRow(csv, epoch, measures ?? []);
                csv.NextRecord();
            }
        });
        return new LearningCurveWriter(Open(path, force: true, FileMode.Append), measures);
    }

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
        Write(() => WriteRow(csv, epoch, measures), sync: Stopwatch.GetElapsedTime(lastSync) > SyncInterval);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What could not be written has closed it already; the training closes it again when it ends by that.
        if (isClosed) return;
        isClosed = true;
        try
        {
            csv.Flush();
            file.Flush(flushToDisk: true);
            csv.Dispose();
        }
        catch (IOException) when (isBroken)
        {
            // Whoever wrote the row has been told.
            file.Dispose();
        }
    }

    private static FileStream Open(string path, bool force, FileMode mode)
    {
        AtomicFile.CheckTarget(path, force);
        // Someone who reads the curve is through in a moment; a training that writes it is not, and the rows of both would be one heap.
        if (mode == FileMode.Create && File.Exists(path) && !SpinWait.SpinUntil(() => !CurveWatch.IsHeld(path), HeldAtMost))
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The learning curve '{path}' is being written by another training, or is open in another program: give each training a file of its own.", path);
        try
        {
            // A row is one write already; a buffer of the file's own would be written once more when the file is closed, on a full disk too.
            return new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The learning curve '{path}' cannot be written: {e.Message}", path, e);
        }
    }

    private static CsvWriter Csv(Stream stream, bool leaveOpen = false) =>
        new(new StreamWriter(stream, new UTF8Encoding(false), -1, leaveOpen), CultureInfo.InvariantCulture);

    private static void WriteHeader(CsvWriter csv, IReadOnlyList<string> measures)
    {
        foreach (string column in Columns.Concat(measures)) csv.WriteField(column);
    }

    private static void WriteRow(CsvWriter csv, EpochResult epoch, IReadOnlyList<string> measures)
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
        csv.WriteField(epoch.Penalty);
        csv.WriteField(epoch.GradientNorm);
        csv.WriteField(epoch.WeightNorm);
        csv.WriteField(epoch.DeadUnits);
        foreach (string measure in measures) csv.WriteField(epoch.ColumnValue(measure));
    }

    private void Write(Action row, bool sync)
    {
        try
        {
            row();
            csv.NextRecord();
            csv.Flush();
            file.Flush(sync);
        }
        catch (IOException e)
        {
            isBroken = true;
            Dispose();
            throw new ExperimentException("FileNotWritable", ErrorKind.Io,
                $"The learning curve '{file.Name}' cannot be written on: {e.Message.TrimEnd('.')}. With a checkpoint, Resume-Training goes on from here when there is room again, or with another file (-LearningCurve).", file.Name, e);
        }
        if (sync) lastSync = Stopwatch.GetTimestamp();
    }
}
