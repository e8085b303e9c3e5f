using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Pop-Location: goes back to the location on top of a stack.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class PopLocationCommand : PSCmdlet
{
    /// <summary>Writes the location gone back to.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The stack; the default one when left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? StackName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var location = SessionState.Path.PopLocation(StackName);
            if (PassThru && location is not null) WriteObject(location);
        }
        catch (Exception error) when (error is SessionStateException or PSArgumentException)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
        }
    }
}
