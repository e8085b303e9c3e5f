using System.Diagnostics;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Scripts;

/// <summary>Measure-Command: runs a script block in the current scope, drops its output, and writes how long it took.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Command")]
[OutputType(typeof(TimeSpan))]
public sealed class MeasureCommandCommand : PSCmdlet
{
    private readonly Stopwatch watch = new();

    /// <summary>What <c>$_</c> is in the script block; it runs once for each.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The script block.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public ScriptBlock Expression { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        watch.Start();
        EngineAccess.RunAndDropOutput(Expression, InputObject);
        watch.Stop();
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(watch.Elapsed);
}
