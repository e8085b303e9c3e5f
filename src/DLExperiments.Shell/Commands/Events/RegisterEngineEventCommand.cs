using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Events;

/// <summary>Register-EngineEvent: subscribes to an event of the engine or of New-Event.</summary>
[Cmdlet(VerbsLifecycle.Register, "EngineEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterEngineEventCommand : ObjectEventRegistrationBase
{
    /// <summary>Name of the event, such as PowerShell.Exiting.</summary>
    [Parameter(Mandatory = true, Position = 100)]
    public new string? SourceIdentifier
    {
        get => base.SourceIdentifier;
        set => base.SourceIdentifier = value;
    }

    /// <inheritdoc/>
    protected override object? GetSourceObject() => null;

    /// <inheritdoc/>
    protected override string? GetSourceObjectEventName() => null;
}
