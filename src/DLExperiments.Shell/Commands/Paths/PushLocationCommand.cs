using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Push-Location: puts the current location on a stack and goes to another.</summary>
[Cmdlet(VerbsCommon.Push, "Location", DefaultParameterSetName = PathCommand.ByPath)]
[OutputType(typeof(PathInfo))]
public sealed class PushLocationCommand : ProviderCommand
{
    /// <summary>The new location; the current one stays by default.</summary>
    [Parameter(Position = 0, ParameterSetName = PathCommand.ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <summary>The new location, taken as it is.</summary>
    [Parameter(ParameterSetName = PathCommand.ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The stack; the default one when left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? StackName { get; set; }

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, LiteralPath is not null);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation(StackName);
        if ((LiteralPath ?? Path) is not { } target) return;
        try
        {
            var location = EngineProviders.SetLocation(SessionState.Path, target, NewContext(), LiteralPath is not null);
            if (PassThru) WriteObject(location);
        }
        catch (Exception error) when (error is SessionStateException or PSArgumentException or PSNotSupportedException)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
        }
    }
}
