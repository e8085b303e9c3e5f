using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>New-TemporaryFile: an empty file in the temporary folder.</summary>
[Cmdlet(VerbsCommon.New, "TemporaryFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class NewTemporaryFileCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldProcess(Path.GetTempPath(), "New-TemporaryFile")) return;
        try
        {
            WriteObject(new FileInfo(Path.GetTempFileName()));
        }
        catch (IOException error)
        {
            ThrowTerminatingError(new ErrorRecord(error, "NewTemporaryFileWriteError", ErrorCategory.WriteError, Path.GetTempPath()));
        }
    }
}
