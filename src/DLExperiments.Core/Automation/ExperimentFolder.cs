using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Automation;

/// <summary>
/// The runs of one experiment, a folder each: the file that was run (<c>experiment.psd1</c> or <c>.json</c>), <c>log.txt</c>, what the steps left, and last
/// <c>result.json</c>, whose presence says that the run has ended. A run without it was interrupted or failed, and is gone on with.
/// </summary>
public sealed class ExperimentFolder
{
    private const string ResultFile = "result.json", FrozenFile = "experiment";

    private ExperimentFolder(string path, bool resumed) => (Path, IsResumed) = (path, resumed);

    /// <summary>Full path of the run's folder.</summary>
    public string Path { get; }

    /// <summary>Whether it goes on with an earlier start.</summary>
    public bool IsResumed { get; }

    /// <summary>The run that a start belongs to: the newest one of the same file that has not ended, else a new one.</summary>
    /// <param name="root">Full path of the folder of all runs, which exists and is locked by the caller.</param>
    /// <param name="file">Full path of the experiment's file.</param>
    /// <param name="text">Its text, with which runs are told apart.</param>
    /// <param name="name">The run's name; null for the time of its start.</param>
    /// <param name="isNew">Whether to begin anew in any case.</param>
    /// <exception cref="ExperimentException">RunExists: a run of that name has ended, or is of another file; FileNotWritable.</exception>
    public static ExperimentFolder Open(string root, string file, string text, string? name, bool isNew)
    {
        string frozen = FrozenFile + System.IO.Path.GetExtension(file).ToLowerInvariant();
        bool IsOpen(string folder) => !HasEnded(folder) && File.Exists(System.IO.Path.Combine(folder, frozen)) && File.ReadAllText(System.IO.Path.Combine(folder, frozen)) == text;
        string path;
        if (name is not null)
        {
            path = System.IO.Path.Combine(root, name);
            if (isNew && IsRun(path)) Directory.Delete(path, recursive: true);
            if (IsOpen(path)) return new ExperimentFolder(path, resumed: true);
            if (Directory.Exists(path))
                throw new ExperimentException("RunExists", ErrorKind.AlreadyExists, $"'{path}' exists already. Choose another -RunName, or replace it (-Force).", path);
        }
        else
        {
            if (!isNew && Runs(root).FirstOrDefault(IsOpen) is { } open) return new ExperimentFolder(open, resumed: true);
            string stamp = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            path = System.IO.Path.Combine(root, stamp);
            for (int i = 2; Directory.Exists(path); i++) path = System.IO.Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{stamp}-{i}"));
        }
        Directory.CreateDirectory(path);
        AtomicFile.Write(System.IO.Path.Combine(path, frozen), overwrite: false, s => s.Write(Encoding.UTF8.GetBytes(text)));
        return new ExperimentFolder(path, resumed: false);
    }

    /// <summary>The full path of something in the run's folder.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Ends the run: from now on it is not gone on with.</summary>
    /// <param name="result">What is to be known of it.</param>
    /// <exception cref="ExperimentException">FileNotWritable.</exception>
    public void Complete(JsonObject result) => AtomicFile.Write(this[ResultFile], overwrite: true, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        result.WriteTo(writer);
    });

    /// <summary>Removes the oldest other runs, so that so many are left. Folders that are no runs stay.</summary>
    /// <param name="keep">How many runs to keep with this one, at least 1.</param>
    /// <returns>The full paths of those removed.</returns>
    public IReadOnlyList<string> Prune(int keep)
    {
        string[] old = [.. Runs(System.IO.Path.GetDirectoryName(Path)!).Where(r => r != Path).Skip(keep - 1)];
        foreach (string run in old)
        {
            // The frozen file goes first: should the removal be interrupted, what is left is no run to go on with.
            foreach (string frozen in Directory.EnumerateFiles(run, FrozenFile + ".*")) File.Delete(frozen);
            Directory.Delete(run, recursive: true);
        }
        return old;
    }

    private static bool HasEnded(string folder) => File.Exists(System.IO.Path.Combine(folder, ResultFile));

    private static bool IsRun(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, FrozenFile + ".*").Any();

    /// <summary>The runs, the newest first.</summary>
    private static IEnumerable<string> Runs(string root) => Directory.EnumerateDirectories(root).Where(IsRun)
        .OrderByDescending(r => Directory.EnumerateFiles(r, FrozenFile + ".*").Max(File.GetLastWriteTimeUtc)).ThenByDescending(r => r, StringComparer.Ordinal);
}
