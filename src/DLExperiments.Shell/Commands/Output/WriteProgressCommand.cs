using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Output;

/// <summary>Write-Progress: shows or updates a progress bar.</summary>
[Cmdlet(VerbsCommunications.Write, "Progress")]
public sealed class WriteProgressCommand : PSCmdlet
{
    /// <summary>What is going on; may be left out only with <see cref="Completed"/>.</summary>
    [Parameter(Position = 0)]
    public string? Activity { get; set; }

    /// <summary>How it stands.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Status { get; set; } = "Processing";

    /// <summary>Tells bars apart.</summary>
    [Parameter(Position = 2)]
    [ValidateRange(0, int.MaxValue)]
    public int Id { get; set; }

    /// <summary>0 to 100; -1 for unknown.</summary>
    [Parameter]
    [ValidateRange(-1, 100)]
    public int PercentComplete { get; set; } = -1;

    /// <summary>Estimated time left; -1 for unknown.</summary>
    [Parameter]
    public int SecondsRemaining { get; set; } = -1;

    /// <summary>The line below the bar.</summary>
    [Parameter]
    public string? CurrentOperation { get; set; }

    /// <summary>The bar that this one is a part of; -1 for none.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ParentId { get; set; } = -1;

    /// <summary>Takes the bar away.</summary>
    [Parameter]
    public SwitchParameter Completed { get; set; }


    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (string.IsNullOrEmpty(Activity) && !Completed)
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException("Write-Progress needs -Activity unless -Completed is given."),
                "MissingActivity", ErrorCategory.InvalidArgument, Activity));
        WriteProgress(new ProgressRecord(Id, string.IsNullOrEmpty(Activity) ? " " : Activity, Status)
        {
            ParentActivityId = ParentId,
            PercentComplete = PercentComplete,
            SecondsRemaining = SecondsRemaining,
            CurrentOperation = CurrentOperation,
            RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });
    }
}
