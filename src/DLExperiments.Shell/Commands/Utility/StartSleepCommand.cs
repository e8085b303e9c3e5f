using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Start-Sleep: waits; Ctrl+C ends the wait at once.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = SecondsSet)]
public sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private const string SecondsSet = "Seconds";
    private readonly ManualResetEventSlim stop = new();

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = SecondsSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0.0, int.MaxValue / 1000)]
    public double Seconds { get; set; }

    /// <summary>How long to wait, in milliseconds.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds", ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    [Alias("ms")]
    public int Milliseconds { get; set; }

    /// <summary>How long to wait.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "FromTimeSpan", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ts")]
    public TimeSpan Duration { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var wait = ParameterSetName switch
        {
            SecondsSet => TimeSpan.FromSeconds(Seconds),
            "Milliseconds" => TimeSpan.FromMilliseconds(Milliseconds),
            _ => Duration,
        };
        if (wait < TimeSpan.Zero || wait.TotalMilliseconds > int.MaxValue)
        {
            var error = new PSArgumentOutOfRangeException(nameof(Duration), Duration, $"The duration must lie between 0 and {int.MaxValue} milliseconds, not '{Duration}'.");
            ThrowTerminatingError(new ErrorRecord(error, "MaximumDurationExceeded", ErrorCategory.InvalidArgument, Duration));
        }
        stop.Wait(wait);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Set();

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();
}
