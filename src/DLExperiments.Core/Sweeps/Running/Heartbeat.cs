using DLExperiments.Sweeps.Store;

namespace DLExperiments.Sweeps.Running;

/// <summary>Says for all trials of this process that their owner lives.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly HashSet<TrialClaim> claims = [];
    private readonly Timer timer;

    internal Heartbeat() => timer = new Timer(_ => Beat(), null, TrialClaim.Beat, TrialClaim.Beat);

    internal void Add(TrialClaim claim)
    {
        lock (claims) claims.Add(claim);
    }

    internal void Remove(TrialClaim claim)
    {
        lock (claims) claims.Remove(claim);
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Beat()
    {
        TrialClaim[] all;
        lock (claims) all = [.. claims];
        foreach (TrialClaim claim in all)
        {
            try
            {
                claim.SayAlive();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The trial has just ended, or the disk is full: four beats may fail before anyone takes the trial over.
            }
        }
    }
}
