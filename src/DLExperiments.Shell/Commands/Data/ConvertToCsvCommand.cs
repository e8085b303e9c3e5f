using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertTo-Csv: writes objects as lines of CSV.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv", DefaultParameterSetName = "Delimiter", RemotingCapability = RemotingCapability.None)]
[OutputType(typeof(string))]
public sealed class ConvertToCsvCommand : CsvWritingCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public override PSObject InputObject { get; set; } = new();

    private protected override void WriteLine(string line) => WriteObject(line);
}
