using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Export-Csv: writes objects to a CSV file.</summary>
[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true, DefaultParameterSetName = "Delimiter")]
public sealed class ExportCsvCommand : CsvWritingCommand, IDisposable
{
    private StreamWriter? writer;
    private bool adding;
    private string path = "";

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public override PSObject InputObject { get; set; } = new();

    /// <summary>The file.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file, taken as written.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Overwrites a read-only file; with -Append, adds objects that lack columns.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Refuses to overwrite a file.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The encoding; default UTF-8 without byte order mark.</summary>
    [Parameter]
    [EncodingArgument]
    [ValidateNotNullOrEmpty]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <summary>Adds rows to the columns of the file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Path is null == LiteralPath is null)
            ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException("You must specify either the -Path or -LiteralPath parameters, but not both."),
                "CannotSpecifyPathAndLiteralPath", ErrorCategory.InvalidData, null));
        path = FileTarget.ResolveForWriting(this, (Path ?? LiteralPath)!, literal: Path is null);
        if (!ShouldProcess(path))
            return;
        var endsOpen = Append && ReadColumns();
        writer = FileTarget.OpenWriter(this, path, Encoding, Append, NoClobber, Force);
        if (endsOpen)
            writer.WriteLine();
    }

    /// <summary>Takes over the columns and encoding of the file; true where its last line has no end.</summary>
    private bool ReadColumns()
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return false;
        using var reader = FileTarget.OpenReader(this, path, Encoding);
        var records = new CsvRecordReader(reader, UseCulture ? System.Globalization.CultureInfo.CurrentCulture.TextInfo.ListSeparator[0] : Delimiter);
        if (records.Peek() == '#')
            records.ReadLine();
        var columns = new List<string>();
        records.Read(columns);
        adding = columns.Count > 0;
        if (adding)
            Format.Columns = columns;
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Encoding)) && reader.CurrentEncoding is not UTF8Encoding)
            Encoding = reader.CurrentEncoding;
        return !EndsWithLineEnd(reader);
    }

    private static bool EndsWithLineEnd(StreamReader reader)
    {
        var tail = new byte[4];
        reader.BaseStream.Seek(Math.Max(0, reader.BaseStream.Length - tail.Length), SeekOrigin.Begin);
        var read = reader.BaseStream.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
        return reader.CurrentEncoding.GetString(tail, 0, read).EndsWith('\n');
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (writer is null)
            return;
        if (adding && !Force)
            foreach (var column in Format.Columns!.Except(CsvFormat.ColumnsOf(InputObject), StringComparer.OrdinalIgnoreCase))
                ThrowTerminatingError(new ErrorRecord(
                    new InvalidOperationException(
                        $"Cannot append CSV content to the following file: {path}. The appended object does not have a property that corresponds to the following column: {column}. To continue with mismatched properties, add the -Force parameter, and then retry the command."),
                    "CannotAppendCsvWithMismatchedPropertyNames", ErrorCategory.InvalidData, column));
        base.ProcessRecord();
    }

    private protected override void WriteLine(string line) => writer!.WriteLine(line);

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        writer?.Dispose();
        writer = null;
    }
}
