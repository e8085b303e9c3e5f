using System.Management.Automation;
using System.Management.Automation.Language;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Import-PowerShellDataFile: reads the hashtable in a .psd1 file, without running anything.</summary>
[Cmdlet(VerbsData.Import, "PowerShellDataFile", DefaultParameterSetName = "ByPath")]
[OutputType(typeof(System.Collections.Hashtable))]
public sealed class ImportPowerShellDataFileCommand : PSCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The files, taken as written.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByLiteralPath", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Reads files with more than 500 keys.</summary>
    [Parameter]
    public SwitchParameter SkipLimitCheck { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path ?? LiteralPath!)
            foreach (var file in FileTarget.ResolveForReading(this, path, literal: Path is null))
                Read(file);
    }

    private void Read(string file)
    {
        if (!File.Exists(file))
        {
            Fail(new ItemNotFoundException($"Cannot find path '{file}' because it does not exist."), "PathNotFound", file, ErrorCategory.ObjectNotFound);
            return;
        }
        var tree = Parser.ParseFile(file, out _, out var errors);
        if (errors.Length > 0)
        {
            Fail(new InvalidOperationException($"The file '{file}' is not a PowerShell data file: {errors[0].Message} (line {errors[0].Extent.StartLineNumber})", new ParseException(errors)),
                "CouldNotParseAsPowerShellDataFile", file);
            return;
        }
        if (tree.Find(node => node is HashtableAst, searchNestedScriptBlocks: false) is not { } data)
        {
            Fail(new InvalidOperationException($"The file '{file}' has no hashtable."), "CouldNotParseAsPowerShellDataFileNoHashtableRoot", file);
            return;
        }
        try
        {
            WriteObject(EngineAccess.Invoke(data, "SafeGetValue", (bool)SkipLimitCheck));
        }
        catch (InvalidOperationException exception)
        {
            Fail(new InvalidOperationException($"The file '{file}' holds more than plain data: {exception.Message}", exception), "CouldNotParseAsPowerShellDataFile", file);
        }
    }

    private void Fail(Exception exception, string id, string file, ErrorCategory category = ErrorCategory.InvalidData) =>
        WriteError(new ErrorRecord(exception, id, category, file));
}
