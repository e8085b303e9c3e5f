using System.Management.Automation;
using System.Management.Automation.Host;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Host: the program that hosts the engine.</summary>
[Cmdlet(VerbsCommon.Get, "Host")]
[OutputType(typeof(PSHost))]
public sealed class GetHostCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void BeginProcessing() => WriteObject(Host);
}
