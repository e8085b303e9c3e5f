using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertFrom-CliXml: makes again the objects that ConvertTo-CliXml wrote.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CliXml")]
public sealed class ConvertFromClixmlCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string InputObject { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(PSSerializer.Deserialize(InputObject), enumerateCollection: true);
}
