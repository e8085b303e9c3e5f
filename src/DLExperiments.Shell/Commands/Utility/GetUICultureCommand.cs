using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-UICulture: the culture of messages.</summary>
[Cmdlet(VerbsCommon.Get, "UICulture")]
[OutputType(typeof(CultureInfo))]
public sealed class GetUICultureCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void BeginProcessing() => WriteObject(CultureInfo.CurrentUICulture);
}
