using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>What Export-Csv and ConvertTo-Csv have in common.</summary>
public abstract class CsvWritingCommand : PSCmdlet
{
    /// <summary>The object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public abstract PSObject InputObject { get; set; }

    /// <summary>What stands between fields; default a comma.</summary>
    [Parameter(Position = 1, ParameterSetName = "Delimiter")]
    [ValidateNotNull]
    public char Delimiter { get; set; } = ',';

    /// <summary>Takes the list separator of the current culture as delimiter.</summary>
    [Parameter(ParameterSetName = "UseCulture")]
    public SwitchParameter UseCulture { get; set; }

    /// <summary>Writes a first line with the type of the objects.</summary>
    [Parameter]
    [Alias("ITI")]
    public SwitchParameter IncludeTypeInformation { get; set; }

    /// <summary>Writes no type line; the default.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; } = true;

    /// <summary>The names of the columns to put in quotes.</summary>
    [Parameter]
    [Alias("QF")]
    public string[]? QuoteFields { get; set; }

    /// <summary>Which fields to put in quotes; default all.</summary>
    [Parameter]
    [Alias("UQ")]
    public QuoteKind UseQuotes { get; set; } = QuoteKind.Always;

    /// <summary>Leaves out the header.</summary>
    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    private protected CsvFormat Format { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (QuoteFields is not null && MyInvocation.BoundParameters.ContainsKey(nameof(UseQuotes)))
            Fail("You must specify either the -UseQuotes or -QuoteFields parameters, but not both.", "CannotSpecifyQuoteFieldsAndUseQuotes");
        if (IncludeTypeInformation && MyInvocation.BoundParameters.ContainsKey(nameof(NoTypeInformation)))
            Fail("You must specify either the -IncludeTypeInformation or -NoTypeInformation parameters, but not both.",
                "CannotSpecifyIncludeTypeInformationAndNoTypeInformation");
        Format = new CsvFormat(UseCulture ? CultureInfo.CurrentCulture.TextInfo.ListSeparator[0] : Delimiter, UseQuotes, QuoteFields);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || InputObject == AutomationNull.Value)
            return;
        if (Format.Columns is null)
        {
            Format.Columns = CsvFormat.ColumnsOf(InputObject);
            if (IncludeTypeInformation)
                WriteLine(CsvFormat.TypeLine(InputObject));
            if (!NoHeader)
                WriteLine(Format.Header());
        }
        WriteLine(Format.Row(InputObject));
    }

    private protected abstract void WriteLine(string line);

    private void Fail(string message, string id) =>
        ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), id, ErrorCategory.InvalidData, null));
}
