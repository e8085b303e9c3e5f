using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using DLExperiments.Automation;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Automation;

/// <summary>Carries out a run of an experiment: the steps, the log, and what is to be known of the end.</summary>
internal sealed class ExperimentRunner
{
    private readonly PSCmdlet owner;
    private readonly ExperimentFile file;
    private readonly ExperimentFolder folder;
    private readonly ExperimentLog log;
    private readonly Func<bool> isTerminated;
    private readonly CancellationToken cancellation;
    private bool logs = true;

    /// <param name="owner">The cmdlet, whose streams get warnings and progress.</param>
    /// <param name="file">The experiment.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="isTerminated">Whether the process was told to end.</param>
    /// <param name="cancellation">The pipeline's stop.</param>
    internal ExperimentRunner(PSCmdlet owner, ExperimentFile file, ExperimentFolder folder, Func<bool> isTerminated, CancellationToken cancellation)
    {
        (this.owner, this.file, this.folder, this.isTerminated, this.cancellation) = (owner, file, folder, isTerminated, cancellation);
        log = new ExperimentLog(folder["log.txt"]);
    }

    /// <summary>How many runs are kept when this one has succeeded; null for all.</summary>
    internal int? Keep { get; init; }

    /// <summary>Runs all steps.</summary>
    internal ExperimentRun Run()
    {
        long begin = Stopwatch.GetTimestamp();
        DateTime started = DateTime.UtcNow;
        bool ended = false;
        IReadOnlyList<PSObject> rows = [];
        ExperimentException? error = null;
        ExperimentExit state = ExperimentExit.Succeeded;
        Log($"{(folder.IsResumed ? "goes on" : "begins")}: {file.Name} ({file.Path}), process {Environment.ProcessId} on {Environment.MachineName}");
        try
        {
            var steps = new ExperimentSteps(file, folder, new NestedCommand(owner, text => Log($"warning: {text}"), cancellation), Log);
            rows = steps.Run(CheckTermination);
            error = steps.Judge(rows);
            if (error is not null) state = ExperimentExit.Regressed;
            steps.Report();
            Complete(state, error);
            ended = true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            (state, ended) = (ExperimentExit.Interrupted, true);
        }
        catch (Exception e) when (ErrorRecords.From(e) is { } record)
        {
            // A step that a signal ended may say so with an error of its own.
            state = isTerminated() ? ExperimentExit.Interrupted : ExperimentExit.Failed;
            error = e as ExperimentException ?? new ExperimentException(record.FullyQualifiedErrorId, ErrorKind.Io, e.Message, folder.Path, e);
            if (state == ExperimentExit.Failed) Log($"error: {error.ErrorId}: {error.Message}");
            ended = true;
        }
        finally
        {
            Log($"ended: {(ended ? state : ExperimentExit.Interrupted)}");
        }
        return new ExperimentRun
        {
            Name = file.Name, State = state, Path = folder.Path, Started = started, Duration = Stopwatch.GetElapsedTime(begin), Resumed = folder.IsResumed,
            ErrorId = error?.ErrorId, Error = error?.Message, Results = [.. rows],
        };
    }

    private void Complete(ExperimentExit state, ExperimentException? error)
    {
        folder.Complete(new JsonObject
        {
            ["state"] = state.ToString(), ["exitCode"] = (int)state, ["name"] = file.Name, ["ended"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture), ["error"] = error?.Message,
        });
        if (Keep is not { } keep) return;
        foreach (string old in folder.Prune(keep)) Log($"removed {old}");
    }

    private void Log(string text)
    {
        bool written = log.Write(text);
        if (logs && !written) owner.WriteWarning($"'{folder["log.txt"]}' cannot be written.");
        logs = written;
    }

    private void CheckTermination()
    {
        cancellation.ThrowIfCancellationRequested();
        if (isTerminated()) throw new OperationCanceledException("The process was told to end.");
    }
}
