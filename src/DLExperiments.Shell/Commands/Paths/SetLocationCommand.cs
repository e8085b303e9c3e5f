using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Set-Location: changes the current location; '-' and '+' go back and forth in its history.</summary>
[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = PathCommand.ByPath)]
[OutputType(typeof(PathInfo), typeof(PathInfoStack))]
public sealed class SetLocationCommand : ProviderCommand
{
    private const string StackSet = "Stack";

    /// <summary>The new location; the home folder by default.</summary>
    [Parameter(Position = 0, ParameterSetName = PathCommand.ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "";

    /// <summary>The new location, taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathCommand.ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Makes this stack the default one of Push-Location and Pop-Location.</summary>
    [Parameter(ParameterSetName = StackSet, ValueFromPipelineByPropertyName = true)]
    public string? StackName { get; set; }

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, LiteralPath is not null);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (ParameterSetName == StackSet) WriteWanted(SessionState.Path.SetDefaultLocationStack(StackName));
            else
            {
                var path = LiteralPath ?? (Path.Length == 0 ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) : Path);
                WriteWanted(EngineProviders.SetLocation(SessionState.Path, path, NewContext(), LiteralPath is not null));
            }
        }
        catch (Exception error) when (error is SessionStateException or PSArgumentException or PSNotSupportedException)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
        }
    }

    private void WriteWanted(object? location)
    {
        if (PassThru && location is not null) WriteObject(location, enumerateCollection: false);
    }
}
