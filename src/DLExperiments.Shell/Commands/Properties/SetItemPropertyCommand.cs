using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Properties;

/// <summary>Set-ItemProperty: changes properties of an item.</summary>
[Cmdlet(VerbsCommon.Set, "ItemProperty", DefaultParameterSetName = ValueByPath, SupportsShouldProcess = true)]
[OutputType(typeof(PSCustomObject))]
public sealed class SetItemPropertyCommand : ForcePathCommand
{
    private const string ValueByPath = "propertyValuePathSet";
    private const string ValueByLiteralPath = "propertyValueLiteralPathSet";
    private const string ObjectByPath = "propertyPSObjectPathSet";
    private const string ObjectByLiteralPath = "propertyPSObjectLiteralPathSet";

    /// <summary>Paths of the items; wildcards are expanded.</summary>
    [Parameter(Position = 0, ParameterSetName = ObjectByPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = ValueByPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [];

    /// <summary>Paths of the items, taken as they are.</summary>
    [Parameter(ParameterSetName = ValueByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public override string[] LiteralPath { get; set; } = [];

    /// <summary>Name of the property.</summary>
    [Parameter(Position = 1, ParameterSetName = ValueByPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 1, ParameterSetName = ValueByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSProperty")]
    public string Name { get; set; } = "";

    /// <summary>The new value.</summary>
    [Parameter(Position = 2, ParameterSetName = ValueByPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 2, ParameterSetName = ValueByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public object? Value { get; set; }

    /// <summary>An object whose properties are the ones to set.</summary>
    [Parameter(ParameterSetName = ObjectByPath, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectByLiteralPath, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes the properties.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var values = InputObject ?? new PSObject();
        if (InputObject is null) values.Properties.Add(new PSNoteProperty(Name, Value));
        ForEach(Paths, (path, context) =>
        {
            EngineProviders.SetPassThru(context, PassThru);
            EngineProviders.Set(InvokeProvider.Property, path, values, context);
        });
    }
}
