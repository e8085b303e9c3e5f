using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Properties;

/// <summary>Get-ItemProperty: properties of an item, such as a file's times.</summary>
[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = ByPath)]
[OutputType(typeof(PSObject))]
public sealed class GetItemPropertyCommand : PathCommand
{
    /// <summary>Names of the properties; all by default.</summary>
    [Parameter(Position = 1)]
    [Alias("PSProperty")]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        ForEach(Paths, (path, context) => EngineProviders.Get(InvokeProvider.Property, path, Strings(Name), context));
}
