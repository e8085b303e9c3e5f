using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Properties;

/// <summary>Get-ItemPropertyValue: the bare values of properties of an item.</summary>
[Cmdlet(VerbsCommon.Get, "ItemPropertyValue", DefaultParameterSetName = ByPath)]
[OutputType(typeof(object))]
public sealed class GetItemPropertyValueCommand : PathCommand
{
    /// <summary>Paths of the items; the current location by default.</summary>
    [Parameter(Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [];

    /// <summary>Names of the properties.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [Alias("PSProperty")]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths.Length == 0 ? ["."] : Paths, (path, _) =>
    {
        foreach (var found in InvokeProvider.Property.Get([path], Strings(Name), IsLiteral))
            foreach (var name in Name.Where(name => found.Properties[name] is not null))
                WriteObject(found.Properties[name].Value);
    });
}
