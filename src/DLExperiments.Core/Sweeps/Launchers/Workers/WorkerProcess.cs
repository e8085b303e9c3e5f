using System.ComponentModel;
using System.Diagnostics;

namespace DLExperiments.Sweeps.Launchers.Workers;

/// <summary>A worker as its launcher holds it: a process on this machine, which may be the near end of a connection to another one.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int MostLines = 20;

    private readonly Process process;
    private readonly Queue<string> errors = new();
    private readonly List<string> output = [];

    private WorkerProcess(Process process) => this.process = process;

    internal bool HasExited => process.HasExited;

    internal int ExitCode => process.ExitCode;

    /// <summary>The last different lines that it wrote as errors.</summary>
    internal string Said
    {
        get
        {
            lock (errors) return string.Join(' ', errors.Distinct().TakeLast(5));
        }
    }

    /// <summary>Whether one of its first lines is a text.</summary>
    internal bool HasWritten(string text)
    {
        lock (output) return output.Contains(text);
    }

    /// <summary>Starts a worker.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="onExit">Called when it has ended, from another thread.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    internal static WorkerProcess Start(IReadOnlyList<string> command, Action onExit)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";
        start.Environment.TryAdd(WorkerShell.CallCount.Key, WorkerShell.CallCount.Value);
        var worker = new WorkerProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        worker.process.Exited += (_, _) => onExit();
        worker.process.OutputDataReceived += (_, line) =>
        {
            lock (worker.output)
                if (line.Data is { } text && worker.output.Count < MostLines) worker.output.Add(text);
        };
        worker.process.ErrorDataReceived += (_, line) => worker.Note(line.Data);
        worker.process.Start();
        worker.process.BeginOutputReadLine();
        worker.process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Says that the launcher lives.</summary>
    internal void Beat() => Write(() =>
    {
        process.StandardInput.Write('\n');
        process.StandardInput.Flush();
    });

    /// <summary>Asks it to put its trial back and end: it watches its input, which ends as it would if there were no launcher any more.</summary>
    internal void Stop() => Write(() => process.StandardInput.Close());

    /// <summary>Ends the process at once.</summary>
    internal void Kill()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
    }

    /// <summary>Waits for the end of the process and of what it wrote.</summary>
    /// <param name="most">How long, or null for as long as it takes.</param>
    internal bool Wait(TimeSpan? most = null)
    {
        if (most is { } time && !process.WaitForExit(time)) return false;
        process.WaitForExit();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private void Note(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (errors)
        {
            errors.Enqueue(line.Trim());
            if (errors.Count > MostLines) errors.Dequeue();
        }
    }

    private static void Write(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has just ended; its exit code says how.
        }
    }
}
