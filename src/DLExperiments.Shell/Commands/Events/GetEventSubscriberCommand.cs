using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Get-EventSubscriber: the event subscriptions of the session.</summary>
[Cmdlet(VerbsCommon.Get, "EventSubscriber", DefaultParameterSetName = "BySource")]
[OutputType(typeof(PSEventSubscriber))]
public sealed class GetEventSubscriberCommand : EventCommand
{
    /// <summary>Name of the events; wildcards are allowed; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "BySource")]
    public string? SourceIdentifier { get; set; }

    /// <summary>Number of the subscription.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "ById")]
    [Alias("Id")]
    public int SubscriptionId { get; set; } = -1;

    /// <summary>Writes supporting subscriptions too.</summary>
    [Parameter(Position = 1)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = Events.Subscribers
            .Where(item => SubscriptionId >= 0 ? item.SubscriptionId == SubscriptionId : Matches(SourceIdentifier, item.SourceIdentifier))
            .Where(item => Force || !item.SupportEvent).ToArray();
        WriteObject(found, enumerateCollection: true);
        if (found.Length > 0) return;
        if (SubscriptionId >= 0) ReportMissing("event subscription with the number", SubscriptionId, "INVALID_SUBSCRIPTION_IDENTIFIER");
        else if (SourceIdentifier is not null) ReportMissing("event subscription with the source identifier", SourceIdentifier, "INVALID_SOURCE_IDENTIFIER");
    }
}
