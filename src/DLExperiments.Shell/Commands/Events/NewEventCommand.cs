using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>New-Event: raises an event of one's own.</summary>
[Cmdlet(VerbsCommon.New, "Event")]
[OutputType(typeof(PSEventArgs))]
public sealed class NewEventCommand : EventCommand
{
    /// <summary>Name of the event.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string? SourceIdentifier { get; set; }

    /// <summary>The object that the event comes from.</summary>
    [Parameter(Position = 1)]
    public PSObject? Sender { get; set; }

    /// <summary>Arguments of the event.</summary>
    [Parameter(Position = 2)]
    public PSObject[] EventArguments { get; set; } = [];

    /// <summary>Data for who listens.</summary>
    [Parameter(Position = 3)]
    public PSObject? MessageData { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteObject(Events.GenerateEvent(SourceIdentifier, Sender?.BaseObject, [.. EventArguments.Select(argument => argument?.BaseObject)], MessageData, true, false));
}
