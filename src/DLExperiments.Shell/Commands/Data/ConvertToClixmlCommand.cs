using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertTo-CliXml: writes all objects as one text from which ConvertFrom-CliXml makes them again.</summary>
[Cmdlet(VerbsData.ConvertTo, "CliXml")]
[OutputType(typeof(string))]
public sealed class ConvertToClixmlCommand : PSCmdlet
{
    private readonly List<object?> objects = [];

    /// <summary>The object.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How many levels of nested objects keep their properties, at least 1; default 2.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 2;

    /// <inheritdoc/>
    protected override void ProcessRecord() => objects.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteObject(EngineAccess.InvokeStatic("System.Management.Automation.PSSerializer", "Serialize", objects, Depth, true));
}
