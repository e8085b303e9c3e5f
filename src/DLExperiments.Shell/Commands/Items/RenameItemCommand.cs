using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Rename-Item: gives an item another name in the same container.</summary>
[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class RenameItemCommand : CredentialCommand
{
    private const string ByPath = "ByPath";
    private const string ByLiteralPath = "ByLiteralPath";

    /// <summary>Path of the item.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "";

    /// <summary>Path of the item, taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>The new name, without a container.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = "";

    /// <summary>Renames hidden and read-only items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the renamed item.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ProviderParameters(object context) =>
        EngineProviders.RenameParameters(InvokeProvider.Item, LiteralPath ?? Path, NewName, context);

    private protected override void Configure(object context)
    {
        EngineProviders.SetForce(context, Force);
        EngineProviders.SetPassThru(context, PassThru);
        EngineProviders.SetLiteral(context, LiteralPath is not null);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Try(LiteralPath ?? Path, (path, context) => EngineProviders.Rename(InvokeProvider.Item, path, NewName, context));
}
