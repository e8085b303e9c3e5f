using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Training.Checkpoints;

/// <summary>
/// The folder that a training keeps its checkpoints in: the last two, each a whole file under a name that rises with the step. While a
/// training uses it, a lock keeps others out; the system frees the lock with the process, however that ends.
/// </summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Pattern = "checkpoint-*.safetensors", LeftOverPattern = "checkpoint-*.safetensors.tmp.*", LockName = "in-use.lock";
    private const int Kept = 2;

    private readonly string path;
    private readonly FileStream held;

    private CheckpointFolder(string path)
    {
        this.path = path;
        try
        {
            Directory.CreateDirectory(path);
            held = new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            bool busy = e is IOException and not DirectoryNotFoundException && File.Exists(Path.Combine(path, LockName));
            throw new ExperimentException(busy ? "CheckpointInUse" : "FileNotWritable", ErrorKind.Io, busy
                ? $"Another training uses the checkpoint folder '{path}': give each training a folder of its own."
                : $"The checkpoint folder '{path}' cannot be written: {e.Message}", path, e);
        }
    }

    /// <summary>Whether the folder has a checkpoint, whole or not.</summary>
    internal bool IsEmpty => Files().Count == 0;

    /// <summary>The file that a training holds open as long as it uses a folder; null where none ever did.</summary>
    internal static string? LockOf(string path) => Path.Combine(path, LockName) is var name && File.Exists(name) ? name : null;

    /// <summary>Opens a folder for a new training.</summary>
    /// <exception cref="ExperimentException">CheckpointExists: it has checkpoints and may not be cleared; CheckpointInUse; FileNotWritable.</exception>
    internal static CheckpointFolder Create(string path, bool force)
    {
        var folder = new CheckpointFolder(path);
        if (!folder.IsEmpty && !force)
        {
            folder.Dispose();
            throw Exists(path);
        }
        foreach (string file in folder.Files().Concat(Directory.EnumerateFiles(path, LeftOverPattern))) File.Delete(file);
        return folder;
    }

    /// <summary>Opens a folder to go on; it is made when it does not exist.</summary>
    /// <exception cref="ExperimentException">CheckpointInUse or FileNotWritable.</exception>
    internal static CheckpointFolder Open(string path)
    {
        var folder = new CheckpointFolder(path);
        // A process that was killed while it wrote leaves a file that no reader looks at.
        foreach (string file in Directory.EnumerateFiles(path, LeftOverPattern)) File.Delete(file);
        return folder;
    }

    /// <summary>What a training that would use a folder would go on from, or null; nothing is written or locked.</summary>
    /// <exception cref="ExperimentException">CheckpointExists: it has checkpoints and may not be cleared; InvalidCheckpoint: none is whole; CheckpointVersion.</exception>
    internal static TrainingCheckpoint? Look(string path, bool resume, bool force, Action<string>? warn)
    {
        if (!Directory.Exists(path) || FilesOf(path).Count == 0) return null;
        return resume ? ReadNewest(path, warn) : force ? null : throw Exists(path);
    }

    /// <summary>Reads the newest checkpoint that is whole.</summary>
    /// <param name="warn">Told about each one that is not.</param>
    /// <exception cref="ExperimentException">NoCheckpoint: there is none; InvalidCheckpoint: none is whole; CheckpointVersion.</exception>
    internal TrainingCheckpoint ReadNewest(Action<string>? warn) => ReadNewest(path, warn);

    /// <summary>Reads the newest whole checkpoint of a folder, without locking it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="warn">Told about each one that is not whole.</param>
    /// <exception cref="ExperimentException">NoCheckpoint: there is none; InvalidCheckpoint: none is whole; CheckpointVersion.</exception>
    internal static TrainingCheckpoint ReadNewest(string path, Action<string>? warn)
    {
        IReadOnlyList<string> files = FilesOf(path);
        ExperimentException? last = null;
        foreach (string file in files)
        {
            try
            {
                return CheckpointFile.Read(file);
            }
            catch (ExperimentException e) when (e.ErrorId == "InvalidCheckpoint")
            {
                last = e;
                warn?.Invoke(file == files[^1] ? e.Message : $"{e.Message} The one before it is used.");
            }
        }
        throw last ?? new ExperimentException("NoCheckpoint", ErrorKind.NotFound,
            $"The folder '{path}' has no checkpoint; Invoke-Training -Checkpoint writes them.", path);
    }

    /// <summary>Writes a checkpoint and removes those that are older than the one before.</summary>
    /// <exception cref="ExperimentException">FileNotWritable: there is no room, for example; the checkpoints before are still there.</exception>
    internal void Write(TrainingCheckpoint checkpoint)
    {
        string file = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"checkpoint-{checkpoint.Step:D12}.safetensors"));
        try
        {
            CheckpointFile.Write(file, checkpoint);
        }
        catch (ExperimentException e) when (e.ErrorId == "FileNotWritable" && !IsEmpty)
        {
            throw new ExperimentException(e.ErrorId, e.Kind, $"{e.Message} The checkpoint before it is whole: when this one can be written, Resume-Training '{path}' goes on from there.", file, e);
        }
        foreach (string old in Files().Skip(Kept)) File.Delete(old);
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();

    // Newest first; the steps have leading zeros, so names sort like numbers.
    private IReadOnlyList<string> Files() => FilesOf(path);

    /// <summary>The checkpoints of a folder, the newest first, without locking it.</summary>
    internal static IReadOnlyList<string> FilesOf(string path) => [.. Directory.EnumerateFiles(path, Pattern)
        .Where(f => f.EndsWith(".safetensors", StringComparison.Ordinal)).OrderByDescending(f => f, StringComparer.Ordinal)];

    private static ExperimentException Exists(string path) => new("CheckpointExists", ErrorKind.AlreadyExists,
        $"The folder '{path}' has checkpoints of a training. Go on with it (Resume-Training, or Invoke-Training -Resume), use -Force to start anew, or choose another folder.", path);
}
