using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Training.Curves.TensorBoard;

/// <summary>One run of TensorBoard: a folder with a file of events, to which whole records are appended.</summary>
internal sealed class EventFile : IDisposable
{
    private const string Pattern = "events.out.tfevents.*";

    private readonly FileStream file;

    private EventFile(FileStream file, long lastStep)
    {
        this.file = file;
        LastStep = lastStep;
    }

    /// <summary>The step of the last event that was kept.</summary>
    internal long LastStep { get; }

    /// <summary>Whether a folder has events.</summary>
    internal static bool Exists(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, Pattern).Any();

    /// <summary>Opens the newest file of a folder and cuts off what is behind a step, and a record that a crash left unfinished; makes one where there is none.</summary>
    /// <exception cref="ExperimentException">FileNotWritable.</exception>
    internal static EventFile Open(string folder, long lastStep)
    {
        try
        {
            Directory.CreateDirectory(folder);
            // The names hold the time in seconds, so they sort like it.
            string? path = Directory.EnumerateFiles(folder, Pattern).Max(StringComparer.Ordinal);
            (int end, long step) = (0, 0);
            foreach ((int place, long at) in path is null ? [] : EventRecord.Read(File.ReadAllBytes(path)))
            {
                if (at > lastStep) break;
                (end, step) = (place, at);
            }
            path ??= Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():D10}.{Environment.MachineName}"));
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            file.SetLength(end);
            file.Seek(0, SeekOrigin.End);
            var opened = new EventFile(file, step);
            if (end == 0) opened.Append(EventRecord.Start(DateTime.UtcNow));
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The events for TensorBoard cannot be written to '{folder}': {e.Message}", folder, e);
        }
    }

    /// <summary>Removes the events of a folder.</summary>
    internal static void Clear(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string path in Directory.EnumerateFiles(folder, Pattern)) File.Delete(path);
    }

    /// <summary>Appends a record in one write, which a reader sees whole or not at all.</summary>
    internal void Append(byte[] record)
    {
        file.Write(record);
        file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
    }
}
