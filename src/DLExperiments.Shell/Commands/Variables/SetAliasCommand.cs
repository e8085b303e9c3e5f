using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>Set-Alias: makes or changes an alias.</summary>
[Cmdlet(VerbsCommon.Set, "Alias", SupportsShouldProcess = true)]
[OutputType(typeof(AliasInfo))]
public sealed class SetAliasCommand : AliasWritingCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Write();
}
