using System.Management.Automation;
using System.Text;
using System.Xml;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Export-Clixml: writes objects to a file from which Import-Clixml makes them again.</summary>
[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true, DefaultParameterSetName = "ByPath")]
public sealed class ExportClixmlCommand : PSCmdlet, IDisposable
{
    private XmlWriter? writer;
    private object? serializer;

    /// <summary>How many levels of nested objects keep their properties, at least 1; default what the type says, else 2.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; }

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath")]
    public string? Path { get; set; }

    /// <summary>The file, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath")]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>The object.</summary>
    [Parameter(ValueFromPipeline = true, Mandatory = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Overwrites a read-only file.</summary>
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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var path = FileTarget.ResolveForWriting(this, (Path ?? LiteralPath)!, literal: Path is null);
        if (!ShouldProcess(path))
            return;
        var file = FileTarget.OpenWriter(this, path, Encoding, append: false, NoClobber, Force);
        writer = XmlWriter.Create(file, new XmlWriterSettings { CloseOutput = true, Encoding = Encoding, Indent = true, OmitXmlDeclaration = true });
        serializer = Depth > 0
            ? EngineAccess.Create("System.Management.Automation.Serializer", writer, Depth, true)
            : EngineAccess.Create("System.Management.Automation.Serializer", writer);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (serializer is null)
            return;
        EngineAccess.Invoke(serializer, "Serialize", InputObject);
        writer!.Flush();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (serializer is not null)
            EngineAccess.Invoke(serializer, "Done");
        Dispose();
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        if (serializer is not null)
            EngineAccess.Invoke(serializer, "Stop");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer?.Dispose();
        writer = null;
        serializer = null;
    }
}
