using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Wait-Event: waits until an event is in the queue.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Event")]
[OutputType(typeof(PSEventArgs))]
public sealed class WaitEventCommand : EventCommand, IDisposable
{
    private readonly AutoResetEvent wake = new(initialState: true);

    /// <summary>Name of the event; wildcards are allowed; any by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? SourceIdentifier { get; set; }

    /// <summary>Seconds after which waiting ends with nothing; forever by default.</summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [ValidateRange(-1, int.MaxValue)]
    public int Timeout { get; set; } = -1;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var end = Timeout < 0 ? DateTime.MaxValue : DateTime.UtcNow.AddSeconds(Timeout);
        Events.ReceivedEvents.PSEventReceived += Wake;
        try
        {
            while (!Stopping && DateTime.UtcNow < end)
            {
                lock (Events.ReceivedEvents.SyncRoot)
                {
                    if (Events.ReceivedEvents.FirstOrDefault(item => Matches(SourceIdentifier, item.SourceIdentifier)) is { } found)
                    {
                        WriteObject(found);
                        return;
                    }
                }
                // Actions of subscribers run on this thread between the waits.
                wake.WaitOne(200);
                InvokeCommand.InvokeScript("");
            }
        }
        finally
        {
            Events.ReceivedEvents.PSEventReceived -= Wake;
        }
    }

    private void Wake(object? sender, PSEventArgs received) => wake.Set();

    /// <inheritdoc/>
    protected override void StopProcessing() => wake.Set();

    /// <inheritdoc/>
    public void Dispose() => wake.Dispose();
}
