using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Provider;

/// <summary>A path command with -Force.</summary>
public abstract class ForcePathCommand : PathCommand
{
    /// <summary>Includes hidden items and overrides what the provider lets be overridden, such as a read-only attribute.</summary>
    [Parameter]
    public virtual SwitchParameter Force { get; set; }

    private protected override bool ForceValue => Force;
}
