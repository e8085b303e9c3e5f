using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// Turns SIGINT (Ctrl+C), SIGTERM and SIGHUP into a stop of the running pipeline, so that <c>finally</c> blocks run. A second signal within
/// two seconds ends the process at once: then something does not listen.
/// </summary>
public sealed class SignalHandling : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly Action<int> stop;
    private TimeSpan? last;

    /// <summary>Starts to listen.</summary>
    /// <param name="stop">Called, on another thread, with the exit code that belongs to the signal; must return at once.</param>
    public SignalHandling(Action<int> stop)
    {
        this.stop = stop;
        Listen(PosixSignal.SIGINT, ExitCode.Interrupted);
        Listen(PosixSignal.SIGTERM, ExitCode.Terminated);
        Listen(PosixSignal.SIGHUP, ExitCode.HungUp);
    }

    /// <summary>Does what a SIGINT does.</summary>
    public void Interrupt() => stop(ExitCode.Interrupted);

    /// <summary>Tells that what was to be stopped has stopped: the next signal is a first one again.</summary>
    public void Settle()
    {
        lock (gate)
        {
            last = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void Listen(PosixSignal signal, int exitCode) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            lock (gate)
            {
                if (last is { } before && clock.Elapsed - before < Patience)
                    Environment.Exit(exitCode);
                last = clock.Elapsed;
            }
            stop(exitCode);
        }));
}
