using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Remove-Event: takes events out of the queue.</summary>
[Cmdlet(VerbsCommon.Remove, "Event", DefaultParameterSetName = "BySource", SupportsShouldProcess = true)]
public sealed class RemoveEventCommand : EventCommand
{
    /// <summary>Name of the events; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "BySource")]
    public string? SourceIdentifier { get; set; }

    /// <summary>Number of the event.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "ByIdentifier")]
    public int EventIdentifier { get; set; } = -1;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = false;
        lock (Events.ReceivedEvents.SyncRoot)
        {
            for (var i = Events.ReceivedEvents.Count - 1; i >= 0; i--)
            {
                var item = Events.ReceivedEvents[i];
                if (EventIdentifier >= 0 ? item.EventIdentifier != EventIdentifier : !Matches(SourceIdentifier, item.SourceIdentifier)) continue;
                found = true;
                if (ShouldProcess($"Event '{item.SourceIdentifier}'", "Remove")) Events.ReceivedEvents.RemoveAt(i);
            }
        }
        if (found) return;
        if (EventIdentifier >= 0) ReportMissing("event with the number", EventIdentifier, "INVALID_EVENT_IDENTIFIER");
        else ReportMissing("event with the source identifier", SourceIdentifier!, "INVALID_SOURCE_IDENTIFIER");
    }
}
