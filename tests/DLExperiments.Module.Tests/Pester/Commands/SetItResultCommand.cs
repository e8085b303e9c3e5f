using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>Set-ItResult: ends the test as skipped or inconclusive.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult", DefaultParameterSetName = nameof(Inconclusive))]
public sealed class SetItResultCommand : PSCmdlet
{
    /// <summary>Id of the error that carries a skip.</summary>
    public const string SkipId = "PesterTestSkipped";

    /// <summary>The test could not tell.</summary>
    [Parameter(ParameterSetName = nameof(Inconclusive))]
    public SwitchParameter Inconclusive { get; set; }

    /// <summary>The test does not apply here.</summary>
    [Parameter(ParameterSetName = nameof(Skipped))]
    public SwitchParameter Skipped { get; set; }

    /// <summary>The test is not written yet.</summary>
    [Parameter(ParameterSetName = nameof(Pending))]
    public SwitchParameter Pending { get; set; }

    /// <summary>The reason.</summary>
    [Parameter]
    public string Because { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var message = $"is {ParameterSetName.ToLowerInvariant()}{Should.ValueText.Because(Because).TrimEnd(',').Replace(" because", ", because")}";
        ThrowTerminatingError(new ErrorRecord(new RuntimeException(message), SkipId, ErrorCategory.OperationStopped, null));
    }
}
