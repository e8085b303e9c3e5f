using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>New-TimeSpan: a duration, from its parts or between two times.</summary>
[Cmdlet(VerbsCommon.New, "TimeSpan", DefaultParameterSetName = DateSet)]
[OutputType(typeof(TimeSpan))]
public sealed class NewTimeSpanCommand : PSCmdlet
{
    private const string DateSet = "Date";
    private const string TimeSet = "Time";

    /// <summary>Start of the duration; now by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = DateSet)]
    [Alias("LastWriteTime")]
    public DateTime Start { get; set; }

    /// <summary>End of the duration; now by default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = DateSet)]
    public DateTime End { get; set; }

    /// <summary>Days.</summary>
    [Parameter(ParameterSetName = TimeSet)]
    public int Days { get; set; }

    /// <summary>Hours.</summary>
    [Parameter(ParameterSetName = TimeSet)]
    public int Hours { get; set; }

    /// <summary>Minutes.</summary>
    [Parameter(ParameterSetName = TimeSet)]
    public int Minutes { get; set; }

    /// <summary>Seconds.</summary>
    [Parameter(ParameterSetName = TimeSet)]
    public int Seconds { get; set; }

    /// <summary>Milliseconds.</summary>
    [Parameter(ParameterSetName = TimeSet)]
    public int Milliseconds { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == TimeSet)
        {
            WriteObject(new TimeSpan(Days, Hours, Minutes, Seconds, Milliseconds));
            return;
        }
        var now = DateTime.Now;
        var bound = MyInvocation.BoundParameters;
        WriteObject((bound.ContainsKey(nameof(End)) ? End : now) - (bound.ContainsKey(nameof(Start)) ? Start : now));
    }
}
