using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DLExperiments.Sweeps.Store;

/// <summary>What the newest claim of a trial says.</summary>
/// <param name="Attempt">Which attempt it is.</param>
/// <param name="Held">How many attempts were not given back: each but the newest is a crash.</param>
/// <param name="Worker">Its owner; null when it was given back or is not yet written.</param>
/// <param name="Time">When the attempt began.</param>
/// <param name="LastBeat">When the owner last said that he lives, by the file system's clock.</param>
/// <param name="Place">The point that is tried; null when unknown.</param>
internal sealed record ClaimNote(int Attempt, int Held, WorkerIdentity? Worker, DateTime Time, DateTime LastBeat, double[]? Place)
{
    internal static ClaimNote Read(string path, int attempt, int held)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // Of an open file a network file system tells the time as it is, of others as it was some seconds ago.
            DateTime beat = File.GetLastWriteTimeUtc(stream.SafeFileHandle);
            JsonNode json = JsonNode.Parse(stream)!;
            var worker = new WorkerIdentity(json["host"]!.GetValue<string>(), json["process"]!.GetValue<int>(), json["started"]!.GetValue<long>());
            DateTime time = DateTime.Parse(json["time"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return new ClaimNote(attempt, held, worker, time, beat, SweepPlanJson.Place(json["place"]!));
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or NullReferenceException)
        {
            // Just created and not yet written, just given back, or cleared away by a result: its time decides.
            return new ClaimNote(attempt, held, null, DateTime.MinValue, File.Exists(path) ? File.GetLastWriteTimeUtc(path) : DateTime.MinValue, null);
        }
    }

    /// <summary>Whether the owner lives.</summary>
    /// <param name="now">The time by the file system's clock.</param>
    internal bool IsAlive(Func<DateTime> now) =>
        Worker?.IsRunning() ?? (LastBeat > DateTime.MinValue && now() - LastBeat is var silence && silence > -TrialClaim.Ahead && silence < (Worker is null ? TrialClaim.Unnamed : TrialClaim.Silence));
}
