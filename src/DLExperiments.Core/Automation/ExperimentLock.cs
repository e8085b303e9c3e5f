using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Automation;

/// <summary>
/// The right to run an experiment: a file that the system locks as long as its owner lives, so that a crash leaves nothing to clear away. Beside it
/// lies a note that says who the owner is.
/// </summary>
public sealed class ExperimentLock : IDisposable
{
    private readonly FileStream file;

    private ExperimentLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a folder.</summary>
    /// <param name="folder">Full path of the folder, which exists.</param>
    /// <exception cref="ExperimentException">ExperimentLocked: another process has it; FileNotWritable.</exception>
    public static ExperimentLock Take(string folder)
    {
        string path = Path.Combine(folder, "lock"), note = path + ".owner";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"'{path}' cannot be written: {e.Message}", path, e);
        }
        catch (IOException e)
        {
            throw new ExperimentException("ExperimentLocked", ErrorKind.InvalidOperation, $"The experiment in '{folder}' runs already: {Read(note)}. Wait for its end, or choose another -Output.", folder, e);
        }
        try
        {
            File.WriteAllText(note, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} of {Environment.UserName} on {Environment.MachineName}, since {DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}\n"));
        }
        catch (IOException)
        {
            // The lock holds without the note: a full disk is met, and named, where something has to be kept.
        }
        return new ExperimentLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static string Read(string note)
    {
        try
        {
            return File.ReadAllText(note).Trim() is { Length: > 0 } owner ? owner : "by another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "by another process";
        }
    }
}
