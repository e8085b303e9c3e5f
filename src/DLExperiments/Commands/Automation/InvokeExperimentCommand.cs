using System.Management.Automation;
using System.Runtime.InteropServices;
using DLExperiments.Automation;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Automation;

/// <summary>Runs an experiment that is described in a file: data, network, training or sweep, measures, a gate against a baseline, and a report.</summary>
/// <remarks>
/// <para>The file is a PowerShell data file or JSON, and nothing in it is executed. Its sections Data, Training, Sweep, Measure, Gate and Report have the parameters of Import-Dataset or New-Dataset
/// (with Split and Transform), Invoke-Training, Invoke-Sweep, Measure-Model, Compare-Experiment and Export-Report; Network is the path of a network, or what Export-Network writes, or an Architecture
/// with its settings, or a list of those for a sweep. about_DLExperiments_Automation shows all of it. Paths in it are relative to the file.</para>
/// <para>Each run has a folder: the file as it was run, log.txt, learning curves, models, results.csv (one row for each training, the measures as Test columns), and at the end result.json. A run that
/// was interrupted or failed is gone on with by the next start of the same file; checkpoints and finished trials are not computed again.</para>
/// <para>Only one start at a time works in -Output. With -ExitCode the output is the exit code for a scheduled process: 0 succeeded, 1 a step failed, 2 the file or an option is wrong, 3 worse than the
/// baseline, 4 it runs already, 75 (or 143, after SIGTERM) stopped before the end: start it again.</para>
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "Experiment", SupportsShouldProcess = true)]
[OutputType(typeof(ExperimentRun), typeof(int))]
public sealed class InvokeExperimentCommand : ExperimentCommand
{
    private bool terminated;

    /// <summary>The experiment's file, .psd1 or .json.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The folder of all runs; by default runs/NAME beside the file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Output { get; set; }

    /// <summary>The name of the run's folder; by default the time of its start in UTC.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunName { get; set; }

    /// <summary>How many runs to keep, this one included; older ones are removed when it has succeeded. All are kept by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Keep { get; set; }

    /// <summary>Begins a new run where an interrupted one could go on, and replaces a run of the name in -RunName.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the exit code for the process, and errors beside it, instead of the run.</summary>
    [Parameter]
    public SwitchParameter ExitCode { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        // A cluster or a service that says "time is up": the step that runs keeps what it has, and the run ends in an orderly way.
        using PosixSignalRegistration signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Volatile.Write(ref terminated, true);
        });
        try
        {
            ExperimentFile file = ExperimentFile.Read(ResolveSources(Path, literal: true)[0]);
            string root = Output is null ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file.Path)!, "runs", file.Name) : ResolveTarget(Output);
            if (RunName is not null && (RunName.IndexOfAny(System.IO.Path.GetInvalidFileNameChars()) >= 0 || RunName is "." or ".."))
                throw new ExperimentException("InvalidExperiment", ErrorKind.InvalidArgument, $"RunName is '{RunName}', which cannot be a folder's name.", RunName);
            if (!ShouldProcess(root, $"Run the experiment {file.Name}")) return;
            Directory.CreateDirectory(root);
            using ExperimentLock held = ExperimentLock.Take(root);
            ExperimentFolder folder = ExperimentFolder.Open(root, file.Path, file.Text, RunName, Force);
            Write(new ExperimentRunner(this, file, folder, () => Volatile.Read(ref terminated), Cancellation) { Keep = Keep }.Run());
        }
        catch (Exception e) when (ExitCode && ErrorRecords.From(e) is { } record)
        {
            WriteError(record);
            WriteObject((int)((e as ExperimentException)?.ErrorId == "ExperimentLocked" ? ExperimentExit.Locked : e is IOException or UnauthorizedAccessException ? ExperimentExit.Failed : ExperimentExit.InvalidFile));
        }
    }

    private void Write(ExperimentRun run)
    {
        WriteObject(ExitCode ? run.ExitCode : run);
        if (run.ErrorId is not null) WriteError(new ExperimentException(run.ErrorId, ErrorKind.InvalidOperation, run.Error!, run.Path));
    }
}
