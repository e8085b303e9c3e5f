using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Import-Csv: reads CSV files as objects whose properties are text.</summary>
[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = "DelimiterPath")]
public sealed class ImportCsvCommand : PSCmdlet
{
    /// <summary>What stands between fields; default a comma.</summary>
    [Parameter(Position = 1, ParameterSetName = "DelimiterPath")]
    [Parameter(Position = 1, ParameterSetName = "DelimiterLiteralPath")]
    [ValidateNotNull]
    public char Delimiter { get; set; } = ',';

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, Mandatory = true, ParameterSetName = "DelimiterPath")]
    [Parameter(Position = 0, ValueFromPipeline = true, Mandatory = true, ParameterSetName = "CulturePath")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The files, taken as written.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, Mandatory = true, ParameterSetName = "DelimiterLiteralPath")]
    [Parameter(ValueFromPipelineByPropertyName = true, Mandatory = true, ParameterSetName = "CultureLiteralPath")]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Takes the list separator of the current culture as delimiter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "CulturePath")]
    [Parameter(Mandatory = true, ParameterSetName = "CultureLiteralPath")]
    [ValidateNotNull]
    public SwitchParameter UseCulture { get; set; }

    /// <summary>The names of the columns; the first line is then data.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Header { get; set; }

    /// <summary>The encoding where the file has no byte order mark; default UTF-8.</summary>
    [Parameter]
    [EncodingArgument]
    [ValidateNotNullOrEmpty]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var delimiter = UseCulture ? CultureInfo.CurrentCulture.TextInfo.ListSeparator[0] : Delimiter;
        foreach (var path in Path ?? LiteralPath!)
            foreach (var file in FileTarget.ResolveForReading(this, path, literal: Path is null))
                using (var text = FileTarget.OpenReader(this, file, Encoding))
                    new CsvObjectReader(this, Header).Write(text, delimiter);
    }
}
