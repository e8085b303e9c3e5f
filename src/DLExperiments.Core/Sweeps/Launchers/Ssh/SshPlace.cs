using System.ComponentModel;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Launchers.Workers;

namespace DLExperiments.Sweeps.Launchers.Ssh;

/// <summary>A machine at the other end of ssh connections, one for each worker.</summary>
internal sealed class SshPlace(SshHost host, int workers, string mark) : WorkerPlace
{
    // What the far end says before it begins: that it is there, and that it does not see the folder.
    private const string Here = "dlx-worker-here", Blind = "dlx-worker-blind";

    // Exit codes: ssh's for its own errors, shells' for a program that is not there or is none.
    private const int ConnectionFailed = 255, NotFound = 127, NotExecutable = 126;

    // Several signs of life of the launcher may be lost before its workers end.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private bool wasReached;
    private string seenAs = "";

    /// <inheritdoc/>
    internal override int Workers => workers;

    /// <inheritdoc/>
    internal override string Name => host.Address;

    /// <inheritdoc/>
    internal override WorkerProcess Start(SweepLaunch launch, Action onExit)
    {
        string folder = seenAs = host.Settings.Folder ?? launch.Folder.Path, module = host.Settings.Module ?? launch.Shell!.Module;
        string script = $$"""
            try {
                [Console]::Out.WriteLine('{{Here}}')
                if (-not [IO.File]::Exists({{WorkerShell.Quote($"{folder.TrimEnd('/', '\\')}/{mark}")}})) { [Console]::Out.WriteLine('{{Blind}}'); [Environment]::Exit(2) }
                Import-Module {{WorkerShell.Quote(module)}} -ErrorAction Stop
                $code = {{launch.WorkerScript(folder, Silence)}}
            } catch { [Console]::Error.WriteLine($_); $code = 2 }
            [Environment]::Exit($code)
            """;
        try
        {
            return WorkerProcess.Start(host.Command(launch.Shell!, script), onExit);
        }
        catch (Win32Exception e)
        {
            throw new ExperimentException("SshNotFound", ErrorKind.NotInstalled, $"The program 'ssh' cannot be started: {e.Message}. Install OpenSSH's client, or choose another -Launcher.", "ssh", e);
        }
    }

    /// <inheritdoc/>
    internal override string? HopelessFor(WorkerProcess worker)
    {
        bool isHere = worker.HasWritten(Here);
        wasReached |= isHere;
        if (worker.HasWritten(Blind))
            return $"{Name} does not see the sweep's folder '{seenAs}': put it on a file system that all machines share, and say with Folder where that is mounted elsewhere.";
        return worker.ExitCode switch
        {
            ConnectionFailed when !wasReached => $"{Name} cannot be reached: {worker.Said}",
            NotFound or NotExecutable when !isHere => $"{Name} cannot run the worker's program, say with Program which it is: {worker.Said}",
            (int)WorkerExit.BadConfiguration => $"{Name} cannot run the sweep: {worker.Said}",
            _ when !isHere && !wasReached => $"{Name} has started no worker ({worker.ExitCode}): {worker.Said}",
            _ => null,
        };
    }

    /// <inheritdoc/>
    internal override string Describe(WorkerProcess worker) => worker.ExitCode == ConnectionFailed
        ? $"{Name} has gone away, or its worker was killed. {worker.Said}".TrimEnd()
        : $"A worker on {Name} ended with {worker.ExitCode}{(worker.Said is { Length: > 0 } said ? $": {said}" : ".")}";
}
