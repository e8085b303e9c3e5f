using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Output;

/// <summary>Write-Error: writes a non-terminating error from a message, an exception or an error record.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
public sealed class WriteErrorCommand : PSCmdlet
{
    /// <summary>The exception that the error stands for.</summary>
    [Parameter(Position = 0, ParameterSetName = "WithException", Mandatory = true)]
    public Exception? Exception { get; set; }

    /// <summary>The text of the error.</summary>
    [Parameter(Position = 0, ParameterSetName = "NoException", Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "WithException")]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Msg")]
    public string? Message { get; set; }

    /// <summary>An existing error to write again.</summary>
    [Parameter(Position = 0, ParameterSetName = "ErrorRecord", Mandatory = true)]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>The kind of the error.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;

    /// <summary>A stable name for the error; default the exception's type.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public string ErrorId { get; set; } = "";

    /// <summary>The object that was being processed.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public object? TargetObject { get; set; }

    /// <summary>What the user should do.</summary>
    [Parameter]
    public string RecommendedAction { get; set; } = "";

    /// <summary>The activity that failed.</summary>
    [Parameter]
    [Alias("Activity")]
    public string CategoryActivity { get; set; } = "";

    /// <summary>Why it failed.</summary>
    [Parameter]
    [Alias("Reason")]
    public string CategoryReason { get; set; } = "";

    /// <summary>The name of the target.</summary>
    [Parameter]
    [Alias("TargetName")]
    public string CategoryTargetName { get; set; } = "";

    /// <summary>The type of the target.</summary>
    [Parameter]
    [Alias("TargetType")]
    public string CategoryTargetType { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A copy, so that one record written twice keeps its own place and details.
        var record = ErrorRecord is { } given ? new ErrorRecord(given, null) : FromMessage();
        if (RecommendedAction.Length > 0)
        {
            record.ErrorDetails ??= new ErrorDetails(record.ToString());
            record.ErrorDetails.RecommendedAction = RecommendedAction;
        }
        if (CategoryReason.Length > 0)
            record.CategoryInfo.Reason = CategoryReason;
        if (CategoryTargetName.Length > 0)
            record.CategoryInfo.TargetName = CategoryTargetName;
        if (CategoryTargetType.Length > 0)
            record.CategoryInfo.TargetType = CategoryTargetType;
        EngineAccess.RaiseAtCaller(this, record);
        record.CategoryInfo.Activity = CategoryActivity.Length > 0 ? CategoryActivity : "Write-Error";
        WriteError(record);
    }

    private ErrorRecord FromMessage()
    {
        var exception = Exception ?? new WriteErrorException(Message ?? "");
        var id = ErrorId.Length > 0 ? ErrorId : exception.GetType().FullName!;
        var record = new ErrorRecord(exception, id, Category, TargetObject);
        if (Exception is not null && !string.IsNullOrEmpty(Message))
            record.ErrorDetails = new ErrorDetails(Message);
        return record;
    }
}
