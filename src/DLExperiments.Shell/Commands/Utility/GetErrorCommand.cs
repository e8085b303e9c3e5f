using System.Collections;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Error: errors with all that is known about them.</summary>
[Cmdlet(VerbsCommon.Get, "Error", DefaultParameterSetName = "Newest")]
[OutputType("System.Management.Automation.ErrorRecord#PSExtendedError", "System.Exception#PSExtendedError")]
public sealed class GetErrorCommand : PSCmdlet
{
    /// <summary>Errors to show.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Error")]
    public PSObject? InputObject { get; set; }

    /// <summary>How many of the newest errors of the session; one by default.</summary>
    [Parameter(ParameterSetName = "Newest")]
    [Alias("Last")]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; } = 1;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var errors = InputObject is not null ? [InputObject.BaseObject]
            : (SessionState.PSVariable.GetValue("global:Error") as IEnumerable ?? Array.Empty<object>()).Cast<object>().Take(Newest);
        foreach (var error in errors)
        {
            // A new wrapper, so that the error keeps its ordinary view everywhere else.
            var shown = new PSObject(error is PSObject wrapped ? wrapped.BaseObject : error).Copy();
            if (shown.BaseObject is ErrorRecord) shown.TypeNames.Insert(0, "System.Management.Automation.ErrorRecord#PSExtendedError");
            else if (shown.BaseObject is Exception) shown.TypeNames.Insert(0, "System.Exception#PSExtendedError");
            WriteObject(shown);
        }
    }
}
