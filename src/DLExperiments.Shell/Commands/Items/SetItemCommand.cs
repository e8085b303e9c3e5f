using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Set-Item: changes the value of an item, such as a variable, an alias or an environment variable.</summary>
[Cmdlet(VerbsCommon.Set, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class SetItemCommand : ForcePathCommand
{
    /// <summary>Paths of the items; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [];

    /// <summary>The new value.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    /// <summary>Writes the item.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ProviderParameters(object context) => EngineProviders.SetParameters(InvokeProvider.Item, FirstPath, Value, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        EngineProviders.SetPassThru(context, PassThru);
        EngineProviders.Set(InvokeProvider.Item, path, Value, context);
    });
}
