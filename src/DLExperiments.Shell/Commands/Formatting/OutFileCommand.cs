using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Out-File: writes the formatted text of the objects to a file. The operators &gt; and &gt;&gt; use it too.</summary>
[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true, DefaultParameterSetName = "ByPath")]
public sealed class OutFileCommand : FrontEndCommandBase
{
    private readonly object manager;
    private TextWriter? writer;

    /// <summary>Makes the command.</summary>
    public OutFileCommand() => manager = FormatterAccess.UseOutputManager(this);

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath")]
    [Alias("Path")]
    public string? FilePath { get; set; }

    /// <summary>The file, taken as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "ByLiteralPath")]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>The encoding; default UTF-8 without byte order mark.</summary>
    [Parameter(Position = 1)]
    [EncodingArgument]
    [ValidateNotNullOrEmpty]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <summary>Adds to the file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Overwrites a read-only file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Refuses to overwrite a file.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The width of a line in columns; default the widest the objects need.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <summary>Leaves out all line ends.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var path = FileTarget.ResolveForWriting(this, (FilePath ?? LiteralPath)!, literal: FilePath is null);
        writer = ShouldProcess(path, "Output to File")
            ? FileTarget.OpenWriter(this, path, Encoding, Append, NoClobber, Force) : TextWriter.Null;
        var lines = new LineWriter(NoNewline ? writer.Write : writer.WriteLine, writer.Write);
        FormatterAccess.SetOutput(manager, lines, Width > 0 ? Width : int.MaxValue, NoNewline);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        // A reader of the file sees each record as it comes, also when the script is still running or is killed.
        writer?.Flush();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        InternalDispose();
    }

    /// <inheritdoc/>
    protected override void InternalDispose()
    {
        base.InternalDispose();
        writer?.Dispose();
        writer = null;
    }
}
