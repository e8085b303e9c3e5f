using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Sweeps.Store;

/// <summary>
/// A sweep on disk, which is all there is of it: <c>sweep.json</c> (the plan), files that belong to the plan, and <c>trials/00042/</c> with a claim while somebody is at
/// it and <c>result.json</c> when it has ended. Files are put in place whole, so that readers, other workers and crashes never meet half of one.
/// </summary>
public sealed class SweepFolder
{
    private const string PlanFile = "sweep.json", ResultFile = "result.json", TrialFolders = "trials";

    // All that a sweep puts into its folder: what else is there belongs to somebody else.
    private static readonly string[] OwnFiles = ["trial.ps1", "network.json", "networks.json"], OwnFolders = [TrialFolders, "slurm"];

    private SweepFolder(string path, SweepPlan plan) => (Path, Plan) = (path, plan);

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The plan.</summary>
    public SweepPlan Plan { get; }

    /// <summary>Whether a folder holds a sweep.</summary>
    /// <param name="path">Full path.</param>
    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(path, PlanFile));

    /// <summary>Begins a sweep.</summary>
    /// <param name="path">Full path of the folder; it is made when it does not exist.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="files">Texts that belong to the plan, such as the script, by file name.</param>
    /// <exception cref="ExperimentException">SweepExists; FileExists: another file has the name of one that belongs to the plan; InvalidSweep; FileNotWritable.</exception>
    public static SweepFolder Create(string path, SweepPlan plan, IReadOnlyDictionary<string, string>? files = null)
    {
        plan.Validate();
        if (Exists(path))
            throw Taken(path);
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(path, TrialFolders));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The folder '{path}' cannot be made: {e.Message}", path, e);
        }
        // Results without their plan are of a sweep that was half removed; to take them for those of this one would be wrong.
        if (Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(path, TrialFolders)).Any())
            throw new ExperimentException("SweepExists", ErrorKind.AlreadyExists, $"'{System.IO.Path.Combine(path, TrialFolders)}' holds trials of a sweep without its {PlanFile}. Delete that folder, or choose another -Path.", path);
        foreach ((string name, string text) in files ?? new Dictionary<string, string>()) Keep(System.IO.Path.Combine(path, name), text);
        var folder = new SweepFolder(path, plan);
        try
        {
            // Of several that begin a sweep in one folder at a time the first has it.
            folder.WritePlan(overwrite: false);
        }
        catch (ExperimentException) when (Exists(path))
        {
            throw Taken(path);
        }
        return folder;
    }

    /// <summary>Opens a sweep.</summary>
    /// <param name="path">Full path of its folder.</param>
    /// <exception cref="ExperimentException">SweepNotFound; InvalidSweepFile: sweep.json is damaged or of another version.</exception>
    public static SweepFolder Open(string path)
    {
        string file = System.IO.Path.Combine(path, PlanFile);
        if (!File.Exists(file)) throw new ExperimentException("SweepNotFound", ErrorKind.NotFound, $"There is no sweep in '{path}': it has no {PlanFile}.", path);
        try
        {
            return new SweepFolder(path, SweepPlanJson.Read(JsonNode.Parse(File.ReadAllText(file))!));
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ExperimentException("InvalidSweepFile", ErrorKind.InvalidData, $"'{file}' is damaged, or no {PlanFile} of this version{(e is NullReferenceException ? "" : $": {e.Message}")}. Choose another folder, or remove that file to begin anew.", file, e);
        }
    }

    /// <summary>Opens a sweep to go on with it as a plan says.</summary>
    /// <param name="path">Full path of its folder.</param>
    /// <param name="plan">The plan, which must compute the same.</param>
    /// <exception cref="ExperimentException">SweepNotFound; InvalidSweepFile; SweepMismatch: it is a sweep of something else.</exception>
    public static SweepFolder Open(string path, SweepPlan plan)
    {
        SweepFolder folder = Open(path);
        return folder.DifferenceFrom(plan) is not { } difference ? folder : throw new ExperimentException("SweepMismatch", ErrorKind.InvalidOperation,
            $"The sweep in '{path}' is another one: {difference}. Replace it (-Force), or choose another -Path.", path);
    }

    /// <summary>Removes a sweep: what it put into its folder, and the folder when nothing else is in it.</summary>
    /// <param name="path">Full path of its folder.</param>
    /// <exception cref="ExperimentException">SweepNotFound; SweepInUse: a process is at one of its trials.</exception>
    public static void Remove(string path)
    {
        SweepFolder folder = Open(path);
        if (Enumerable.Range(0, folder.Plan.TrialCount).FirstOrDefault(i => folder.StateOf(i) == TrialState.Running, -1) is var busy and >= 0)
            throw new ExperimentException("SweepInUse", ErrorKind.InvalidOperation, $"Somebody is at trial {busy} of '{path}' ({folder.NoteOf(busy)?.Worker}). Stop the sweep first.", path);
        // The plan goes first: what is left after an interruption is no sweep. A script that was begun where it lies is its author's.
        File.Delete(System.IO.Path.Combine(path, PlanFile));
        foreach (string file in OwnFiles.Select(f => System.IO.Path.Combine(path, f)).Where(f => f != folder.Plan.Body["path"]?.GetValue<string>()).Concat(Directory.EnumerateFiles(path, "tmp.*"))) File.Delete(file);
        foreach (string own in OwnFolders.Select(f => System.IO.Path.Combine(path, f)).Where(Directory.Exists)) Directory.Delete(own, recursive: true);
        DeleteEmpty(path);
    }

    /// <summary>Removes a folder in which nothing is left.</summary>
    internal static void DeleteEmpty(string path)
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    }

    private static void Keep(string file, string text)
    {
        if (File.Exists(file))
        {
            if (File.ReadAllText(file) == text) return;
            throw new ExperimentException("FileExists", ErrorKind.AlreadyExists, $"A sweep keeps its code in '{file}', where another file is already. Move that, or choose another -Path.", file);
        }
        try
        {
            AtomicFile.Write(file, overwrite: false, s => s.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        }
        catch (ExperimentException) when (File.Exists(file))
        {
            Keep(file, text); // somebody begins a sweep here in this moment
        }
    }

    private static ExperimentException Taken(string path) => new("SweepExists", ErrorKind.AlreadyExists,
        $"'{path}' holds a sweep already. Go on with it (Resume-Sweep, or -Resume), replace it (-Force), or choose another -Path.", path);

    /// <summary>The sweep with more points.</summary>
    /// <param name="points">How many there shall be, no fewer than now.</param>
    /// <exception cref="ExperimentException">InvalidSweep.</exception>
    public SweepFolder Extend(int points)
    {
        if (points < Plan.Points)
            throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, $"The sweep has {Plan.Points} trials; it can be given more, not {points}.", points);
        var longer = new SweepFolder(Path, (Plan with { Points = points }).Validate());
        longer.WritePlan();
        return longer;
    }

    /// <summary>The first thing in which a plan would compute something else than this sweep, in words; null when nothing does.</summary>
    /// <param name="plan">The other plan.</param>
    public string? DifferenceFrom(SweepPlan plan) => SweepPlanJson.Difference(Plan, plan);

    /// <summary>A file that belongs to the plan.</summary>
    /// <param name="name">Its name.</param>
    public string ReadText(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    /// <summary>The folder of a trial.</summary>
    /// <param name="index">Which trial.</param>
    public string FolderOf(int index) => System.IO.Path.Combine(Path, TrialFolders, index.ToString("D5", CultureInfo.InvariantCulture));

    /// <summary>What a trial left, or null when it has not ended.</summary>
    /// <param name="index">Which trial.</param>
    /// <exception cref="ExperimentException">InvalidSweepFile.</exception>
    public TrialRecord? Read(int index)
    {
        string file = System.IO.Path.Combine(FolderOf(index), ResultFile);
        if (!File.Exists(file)) return null;
        try
        {
            return TrialRecordJson.Read(JsonNode.Parse(File.ReadAllBytes(file))!);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ExperimentException("InvalidSweepFile", ErrorKind.InvalidData, $"'{file}' is damaged: {e.Message} Remove it (Remove-Trial) to run the trial again.", file, e);
        }
    }

    /// <summary>Where a trial stands, without reading its result.</summary>
    /// <param name="index">Which trial.</param>
    /// <returns>Waiting, Running, Interrupted, or Finished for any that has a result.</returns>
    public TrialState StateOf(int index)
    {
        string folder = FolderOf(index);
        if (File.Exists(System.IO.Path.Combine(folder, ResultFile))) return TrialState.Finished;
        return NoteOf(index) is not { } note ? TrialState.Waiting : note.IsAlive(Now) ? TrialState.Running : note.LastBeat == DateTime.MinValue ? TrialState.Waiting : TrialState.Interrupted;
    }

    /// <summary>Whether a trial has ended, by the presence of its result alone.</summary>
    /// <param name="index">Which trial.</param>
    internal bool HasResult(int index) => File.Exists(System.IO.Path.Combine(FolderOf(index), ResultFile));

    /// <summary>Throws away what a trial left, so that it is run again.</summary>
    /// <param name="index">Which trial.</param>
    /// <exception cref="ExperimentException">TrialNotFound; SweepInUse: somebody is at it.</exception>
    public void Forget(int index)
    {
        RequireTrial(index);
        if (StateOf(index) == TrialState.Running)
            throw new ExperimentException("SweepInUse", ErrorKind.InvalidOperation, $"Somebody is at trial {index} of '{Path}' ({NoteOf(index)?.Worker}).", index);
        if (Directory.Exists(FolderOf(index))) Directory.Delete(FolderOf(index), recursive: true);
    }

    /// <summary>Refuses the number of a trial that the sweep does not have.</summary>
    /// <param name="index">Which trial.</param>
    /// <exception cref="ExperimentException">TrialNotFound.</exception>
    public void RequireTrial(int index)
    {
        if (index >= 0 && index < Plan.TrialCount) return;
        throw new ExperimentException("TrialNotFound", ErrorKind.NotFound, $"The sweep in '{Path}' has no trial {index}: it has {Plan.TrialCount}, numbered from 0 to {Plan.TrialCount - 1}.", index);
    }

    internal ClaimNote? NoteOf(int index) => TrialClaim.Newest(FolderOf(index));

    /// <summary>Writes a result, unless there is one: the first counts. False when there was.</summary>
    /// <exception cref="ExperimentException">FileNotWritable: there is no room, for example.</exception>
    internal bool Publish(TrialRecord record)
    {
        string folder = FolderOf(record.Index), file = System.IO.Path.Combine(folder, ResultFile);
        string aside = System.IO.Path.Combine(folder, $"tmp.result.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            using var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 14);
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true })) TrialRecordJson.Write(record, Plan).WriteTo(writer);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            AtomicFile.Discard(aside);
            ExperimentException error = AtomicFile.NotWritable(file, e);
            throw new ExperimentException(error.ErrorId, error.Kind, $"{error.Message} The trials that have ended are kept; when the result can be written, Resume-Sweep '{Path}' goes on with this one.", file, e);
        }
        try
        {
            File.Move(aside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
            return false;
        }
        // The result's name before the claims go: after a loss of power there is one or the other.
        FolderFlush.Try(folder);
        TrialClaim.Clear(folder);
        return true;
    }

    /// <summary>The time by the clock of the file system, with which claims are written.</summary>
    internal DateTime Now()
    {
        string probe = System.IO.Path.Combine(Path, $"tmp.clock.{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            DateTime now = File.GetLastWriteTimeUtc(probe);
            File.Delete(probe);
            return now;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DateTime.UtcNow; // whoever may only read judges by his own clock
        }
    }

    private void WritePlan(bool overwrite = true) => AtomicFile.Write(System.IO.Path.Combine(Path, PlanFile), overwrite, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        SweepPlanJson.Write(Plan).WriteTo(writer);
    });
}
