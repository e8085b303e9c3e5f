using System.IO.Compression;
using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Archives;

/// <summary>Compress-Archive: files and folders as a zip file. A folder keeps its name in the archive; 'folder/*' does not.</summary>
[Cmdlet(VerbsData.Compress, "Archive", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class CompressArchiveCommand : ProviderCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private readonly Dictionary<string, string?> entries = [];
    private bool failed;

    /// <summary>Files and folders; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The zip file; '.zip' is added where it lacks an extension.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string DestinationPath { get; set; } = "";

    /// <summary>How hard to compress.</summary>
    [Parameter]
    [ValidateSet("Optimal", "NoCompression", "Fastest")]
    public string CompressionLevel { get; set; } = "Optimal";

    /// <summary>Replaces older files in an existing archive and adds new ones.</summary>
    [Parameter]
    public SwitchParameter Update { get; set; }

    /// <summary>Replaces an existing archive.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the archive file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, ParameterSetName == LiteralPathSet);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == LiteralPathSet ? LiteralPath : Path)
            failed |= !Try(path, (text, context) =>
            {
                foreach (var item in EngineProviders.Resolve(SessionState.Path, text, context)) Collect(item.ProviderPath);
            });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(DestinationPath);
        if (System.IO.Path.GetExtension(target).Length == 0) target += ".zip";
        entries.Remove(System.IO.Path.GetFileName(target));
        if (failed || entries.Count == 0 || !ShouldProcess(target, "Compress-Archive")) return;
        if (File.Exists(target) && !Update && !Force)
        {
            var error = new IOException($"The archive file '{target}' already exists. Use -Update to update it or -Force to replace it.");
            ThrowTerminatingError(new ErrorRecord(error, "ArchiveFileExists", ErrorCategory.ResourceExists, target));
        }
        try
        {
            // A new archive is written aside and moved into place, so that a failure leaves the old one.
            var written = Update && File.Exists(target) ? target : target + ".partial";
            using (var zip = ZipFile.Open(written, written == target ? ZipArchiveMode.Update : ZipArchiveMode.Create))
                foreach (var (name, file) in entries) Add(zip, name, file);
            if (written != target) File.Move(written, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            ThrowTerminatingError(new ErrorRecord(error, "CompressArchiveFailed", ErrorCategory.WriteError, target));
        }
        if (PassThru) WriteObject(new FileInfo(target));
    }

    private void Collect(string item)
    {
        if (File.Exists(item))
        {
            entries[System.IO.Path.GetFileName(item)] = item;
            return;
        }
        var root = System.IO.Path.GetDirectoryName(item.TrimEnd(System.IO.Path.DirectorySeparatorChar)) ?? item;
        foreach (var file in Directory.EnumerateFiles(item, "*", SearchOption.AllDirectories)) entries[Name(root, file)] = file;
        foreach (var folder in Directory.EnumerateDirectories(item, "*", SearchOption.AllDirectories).Prepend(item))
            if (!Directory.EnumerateFileSystemEntries(folder).Any()) entries[Name(root, folder) + "/"] = null;
    }

    private void Add(ZipArchive zip, string name, string? file)
    {
        if (Stopping) throw new PipelineStoppedException();
        if (zip.Mode == ZipArchiveMode.Update)
        {
            if (zip.GetEntry(name) is { } old)
            {
                if (file is null || old.LastWriteTime >= File.GetLastWriteTime(file)) return;
                old.Delete();
            }
        }
        if (file is null) zip.CreateEntry(name);
        else zip.CreateEntryFromFile(file, name, Enum.Parse<CompressionLevel>(CompressionLevel, ignoreCase: true));
    }

    private static string Name(string root, string item) => System.IO.Path.GetRelativePath(root, item).Replace('\\', '/');
}
