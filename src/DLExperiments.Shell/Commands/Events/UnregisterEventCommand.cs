using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Unregister-Event: ends event subscriptions.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "Event", DefaultParameterSetName = "BySource", SupportsShouldProcess = true)]
public sealed class UnregisterEventCommand : EventCommand
{
    /// <summary>Name of the events; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "BySource")]
    public string? SourceIdentifier { get; set; }

    /// <summary>Number of the subscription.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "ById")]
    public int SubscriptionId { get; set; } = -1;

    /// <summary>Ends supporting subscriptions too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = Events.Subscribers
            .Where(item => SubscriptionId >= 0 ? item.SubscriptionId == SubscriptionId : Matches(SourceIdentifier, item.SourceIdentifier))
            .Where(item => Force || !item.SupportEvent).ToArray();
        foreach (var item in found)
            if (ShouldProcess($"Event subscription '{item.SourceIdentifier}'", "Unsubscribe")) Events.UnsubscribeEvent(item);
        if (found.Length > 0) return;
        if (SubscriptionId >= 0) ReportMissing("event subscription with the number", SubscriptionId, "INVALID_SUBSCRIPTION_IDENTIFIER");
        else ReportMissing("event subscription with the source identifier", SourceIdentifier!, "INVALID_SOURCE_IDENTIFIER");
    }
}
