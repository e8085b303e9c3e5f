namespace DLExperiments.Commands.Training;

/// <summary>Lets so many trainings of this process run in the background at once; the others wait their turn.</summary>
internal static class TrainingJobGate
{
    private static readonly object Gate = new();
    private static int running;

    /// <summary>Waits until fewer than a limit run.</summary>
    /// <param name="limit">How many may run at once, with the one that asks.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>False when it was cancelled; true when it may run, and has to <see cref="Leave"/>.</returns>
    internal static bool Enter(int limit, CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.Register(() =>
        {
            lock (Gate) Monitor.PulseAll(Gate);
        });
        lock (Gate)
        {
            while (running >= limit && !cancellation.IsCancellationRequested) Monitor.Wait(Gate);
            if (cancellation.IsCancellationRequested) return false;
            running++;
            return true;
        }
    }

    internal static void Leave()
    {
        lock (Gate)
        {
            running--;
            Monitor.PulseAll(Gate);
        }
    }
}
