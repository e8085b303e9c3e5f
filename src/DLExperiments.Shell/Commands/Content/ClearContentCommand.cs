using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Content;

/// <summary>Clear-Content: empties items without deleting them.</summary>
[Cmdlet(VerbsCommon.Clear, "Content", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class ClearContentCommand : ForcePathCommand
{
    /// <summary>Paths of the items; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [];

    private protected override object? ProviderParameters(object context) => EngineProviders.ClearParameters(InvokeProvider.Content, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        EngineProviders.SetPassThru(context, false);
        EngineProviders.Clear(InvokeProvider.Content, path, context);
    });
}
