using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Register-ObjectEvent: subscribes to an event of a .NET object.</summary>
[Cmdlet(VerbsLifecycle.Register, "ObjectEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterObjectEventCommand : ObjectEventRegistrationBase
{
    /// <summary>The object that raises the event.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public PSObject? InputObject { get; set; }

    /// <summary>Name of the event.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string? EventName { get; set; }

    /// <inheritdoc/>
    protected override object GetSourceObject() => InputObject!;

    /// <inheritdoc/>
    protected override string GetSourceObjectEventName() => EventName!;
}
