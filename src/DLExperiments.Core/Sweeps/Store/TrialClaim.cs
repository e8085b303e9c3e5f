using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DLExperiments.Sweeps.Store;

/// <summary>
/// The right to run a trial: a file that only one can create. Its owner writes to it from time to time, so that everybody sees that he lives, by the clock of the
/// file system and not of any machine.
/// </summary>
internal sealed class TrialClaim : IDisposable
{
    /// <summary>How often an owner writes.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>After what silence an owner on another machine counts as gone.</summary>
    internal static readonly TimeSpan Silence = 4 * Beat;

    /// <summary>
    /// How far ahead a beat may be and still be a sign of life. Where a file system takes the time from the machine that writes, that one's clock may go ahead; what is farther
    /// ahead was written before the clock was put back, and would hold its trial until that time comes again.
    /// </summary>
    internal static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    /// <summary>How long a claim may be without its owner's name, which follows its creation at once: whoever was killed in between is soon passed over.</summary>
    internal static readonly TimeSpan Unnamed = TimeSpan.FromSeconds(5);

    private const string Prefix = "claim.";
    private readonly string folder;
    private readonly object gate = new();
    private bool isOver;

    private TrialClaim(string folder, int attempt) => (this.folder, Attempt) = (folder, attempt);

    /// <summary>Which attempt at the trial it is, from 1.</summary>
    internal int Attempt { get; }

    /// <summary>Tries to create a claim; null when another was quicker.</summary>
    internal static TrialClaim? TryCreate(string folder, int attempt, double[] place)
    {
        WorkerIdentity own = WorkerIdentity.Own;
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["host"] = own.Host, ["process"] = own.ProcessId, ["started"] = own.Started,
            ["time"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture), ["place"] = SweepPlanJson.Place(place),
        });
        FileStream file;
        try
        {
            // The one operation that is exclusive on every file system, network ones included; a rename that must not replace is none.
            file = new FileStream(PathOf(folder, attempt), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (IOException e) when (IsThere(e) || File.Exists(PathOf(folder, attempt)))
        {
            return null;
        }
        // Network file systems show others what was written when the file is closed, so that no claim stays open.
        using (file) file.Write(text);
        return new TrialClaim(folder, attempt);
    }

    /// <summary>The newest claim of a trial, or null.</summary>
    internal static ClaimNote? Newest(string folder)
    {
        if (!Directory.Exists(folder)) return null;
        int attempt = 0, released = 0;
        foreach (string path in Directory.EnumerateFiles(folder, Prefix + "*"))
        {
            string[] parts = Path.GetFileName(path).Split('.');
            if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) continue;
            attempt = Math.Max(attempt, number);
            if (parts.Length > 2) released++;
        }
        if (attempt == 0) return null;
        string newest = PathOf(folder, attempt);
        return File.Exists(newest) ? ClaimNote.Read(newest, attempt, attempt - released) : new ClaimNote(attempt, attempt - released, null, DateTime.MinValue, DateTime.MinValue, null);
    }

    /// <summary>Says that the owner lives. The file's time is then the file system's.</summary>
    internal void SayAlive()
    {
        lock (gate)
        {
            if (isOver) return;
            using var file = new FileStream(PathOf(folder, Attempt), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
            file.Seek(0, SeekOrigin.End);
            file.WriteByte((byte)'\n');
        }
    }

    /// <summary>Whether nobody has taken the trial over.</summary>
    internal bool IsNewest => !File.Exists(PathOf(folder, Attempt + 1)) && File.Exists(PathOf(folder, Attempt));

    /// <summary>Gives the trial back: whoever comes next may begin it, and it counts as no crash.</summary>
    internal void Release()
    {
        Dispose();
        File.Move(PathOf(folder, Attempt), PathOf(folder, Attempt) + ".released", overwrite: true);
    }

    /// <summary>Removes all claims of a trial that has its result.</summary>
    internal static void Clear(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, Prefix + "*")) File.Delete(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate) isOver = true;
    }

    // EEXIST, ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS: by the error itself, for when one looks, the other's claim may be gone already.
    private static bool IsThere(IOException error) => error.HResult is 17 or unchecked((int)0x80070050) or unchecked((int)0x800700B7);

    private static string PathOf(string folder, int attempt) => Path.Combine(folder, Prefix + attempt.ToString(CultureInfo.InvariantCulture));
}
