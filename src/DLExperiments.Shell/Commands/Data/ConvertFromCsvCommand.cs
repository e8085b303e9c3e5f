using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertFrom-Csv: makes objects of lines of CSV.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Csv", DefaultParameterSetName = "Delimiter", RemotingCapability = RemotingCapability.None)]
public sealed class ConvertFromCsvCommand : PSCmdlet
{
    private CsvObjectReader reader = null!;

    /// <summary>What stands between fields; default a comma.</summary>
    [Parameter(Position = 1, ParameterSetName = "Delimiter")]
    [ValidateNotNull]
    public char Delimiter { get; set; } = ',';

    /// <summary>Takes the list separator of the current culture as delimiter.</summary>
    [Parameter(ParameterSetName = "UseCulture", Mandatory = true)]
    [ValidateNotNull]
    public SwitchParameter UseCulture { get; set; }

    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>The names of the columns; the first line is then data.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNull]
    public string[]? Header { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        reader = new CsvObjectReader(this, Header);
        if (UseCulture)
            Delimiter = CultureInfo.CurrentCulture.TextInfo.ListSeparator[0];
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var text in InputObject)
            using (var lines = new StringReader(text?.ToString() ?? ""))
                reader.Write(lines, Delimiter);
    }
}
