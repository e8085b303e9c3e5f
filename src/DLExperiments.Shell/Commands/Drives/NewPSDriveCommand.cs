using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Drives;

/// <summary>New-PSDrive: a drive name for a place in a provider.</summary>
[Cmdlet(VerbsCommon.New, "PSDrive", SupportsShouldProcess = true)]
[OutputType(typeof(PSDriveInfo))]
public sealed class NewPSDriveCommand : ProviderCommand
{
    /// <summary>Name of the drive, without the colon.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Name of the provider, such as FileSystem.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string PSProvider { get; set; } = "";

    /// <summary>The place that the drive starts at.</summary>
    [Parameter(Position = 2, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Root { get; set; } = "";

    /// <summary>A description.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Description { get; set; } = "";

    /// <summary>The scope that the drive belongs to: Global, Local, Script or a number of scopes up. The current one by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Scope { get; set; } = "local";

    /// <summary>Credentials for providers that use them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    private protected override object? ProviderParameters(object context) =>
        string.IsNullOrEmpty(PSProvider) ? null : EngineProviders.NewDriveParameters(SessionState.Drive, PSProvider, context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var provider = SessionState.Provider.GetOne(PSProvider);
            if (!ShouldProcess($"Name: {Name} Provider: {provider} Root: {Root}", "New drive")) return;
            EngineProviders.NewDrive(SessionState.Drive, new PSDriveInfo(Name, provider, Root, Description, Credential), Scope, NewContext());
        }
        catch (Exception error) when (error is SessionStateException or PSNotSupportedException or PSArgumentException)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
        }
    }
}
