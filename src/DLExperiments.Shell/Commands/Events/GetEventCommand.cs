using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Get-Event: the events in the queue.</summary>
[Cmdlet(VerbsCommon.Get, "Event", DefaultParameterSetName = "BySource")]
[OutputType(typeof(PSEventArgs))]
public sealed class GetEventCommand : EventCommand
{
    /// <summary>Name of the events; wildcards are allowed; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "BySource")]
    public string? SourceIdentifier { get; set; }

    /// <summary>Number of the event.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "ById")]
    [Alias("Id")]
    public int EventIdentifier { get; set; } = -1;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PSEventArgs[] found;
        lock (Events.ReceivedEvents.SyncRoot)
            found = [.. Events.ReceivedEvents.Where(item => EventIdentifier >= 0 ? item.EventIdentifier == EventIdentifier : Matches(SourceIdentifier, item.SourceIdentifier))];
        WriteObject(found, enumerateCollection: true);
        if (found.Length > 0) return;
        if (EventIdentifier >= 0) ReportMissing("event with the number", EventIdentifier, "INVALID_EVENT_IDENTIFIER");
        else if (SourceIdentifier is not null) ReportMissing("event with the source identifier", SourceIdentifier, "INVALID_SOURCE_IDENTIFIER");
    }
}
