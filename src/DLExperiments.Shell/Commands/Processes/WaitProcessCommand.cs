using System.Diagnostics;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Processes;

/// <summary>Wait-Process: waits until processes have ended.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Process", DefaultParameterSetName = "Name")]
[OutputType(typeof(Process))]
public sealed class WaitProcessCommand : ProcessCommand, IDisposable
{
    private readonly List<Process> waited = [];
    private readonly CancellationTokenSource stop = new();

    /// <summary>Process ids.</summary>
    [Parameter(Position = 0, ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PID", "ProcessId")]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The processes.</summary>
    [Parameter(ParameterSetName = "InputObject", Mandatory = true, ValueFromPipeline = true)]
    public Process[] InputObject { get; set; } = [];

    /// <summary>Seconds after which waiting ends with an error for each process that still runs.</summary>
    [Parameter(Position = 1)]
    [Alias("TimeoutSec")]
    [ValidateRange(0, 32767)]
    public int Timeout { get; set; }

    /// <summary>Ends waiting when one of the processes has ended.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>Writes the processes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        waited.AddRange(ParameterSetName switch { "Id" => ById(Id), "Name" => ByName(Name), _ => [.. InputObject] });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (waited.RemoveAll(process => process.Id == Environment.ProcessId) > 0)
            Report("Wait-Process cannot wait on itself.", "WaitOnItself", Environment.ProcessId, ErrorCategory.CloseError);
        if (waited.Count > 0 && !Wait())
            foreach (var process in waited.Where(process => !HasEnded(process)))
            {
                var message = $"This command stopped operation because process \"{NameOf(process)} ({process.Id})\" is not stopped in the specified time-out.";
                WriteError(new ErrorRecord(new TimeoutException(message), "ProcessNotTerminated", ErrorCategory.CloseError, process));
            }
        if (PassThru) WriteObject(waited, enumerateCollection: true);
    }

    private bool Wait()
    {
        var ends = waited.Select(process => process.WaitForExitAsync(stop.Token)).ToArray();
        var all = Any ? Task.WhenAny(ends) : Task.WhenAll(ends);
        var limit = MyInvocation.BoundParameters.ContainsKey(nameof(Timeout)) ? TimeSpan.FromSeconds(Timeout) : System.Threading.Timeout.InfiniteTimeSpan;
        try
        {
            return all.Wait(limit, stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();
}
