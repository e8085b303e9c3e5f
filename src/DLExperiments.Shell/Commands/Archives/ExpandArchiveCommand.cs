using System.IO.Compression;
using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Archives;

/// <summary>Expand-Archive: the files of a zip file.</summary>
[Cmdlet(VerbsData.Expand, "Archive", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class ExpandArchiveCommand : ProviderCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The zip file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "";

    /// <summary>The zip file, taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string LiteralPath { get; set; } = "";

    /// <summary>Where the files go; a folder named as the archive in the current location by default.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    /// <summary>Replaces existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the files and folders.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, ParameterSetName == LiteralPathSet);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(ParameterSetName == LiteralPathSet ? LiteralPath : Path, (path, context) =>
    {
        foreach (var archive in EngineProviders.Resolve(SessionState.Path, path, context)) Expand(archive.ProviderPath);
    });

    private void Expand(string archive)
    {
        var target = DestinationPath is not null
            ? SessionState.Path.GetUnresolvedProviderPathFromPSPath(DestinationPath)
            : System.IO.Path.Combine(SessionState.Path.CurrentFileSystemLocation.ProviderPath, System.IO.Path.GetFileNameWithoutExtension(archive));
        if (!ShouldProcess(target, "Expand-Archive")) return;
        try
        {
            using var zip = ZipFile.OpenRead(archive);
            foreach (var entry in zip.Entries) Extract(entry, target, archive);
        }
        catch (InvalidDataException error)
        {
            var message = $"'{archive}' is not a zip archive, or it is damaged: {error.Message}";
            WriteError(new ErrorRecord(new InvalidDataException(message, error), "NotAnArchive", ErrorCategory.InvalidData, archive));
        }
    }

    private void Extract(ZipArchiveEntry entry, string target, string archive)
    {
        if (Stopping) throw new PipelineStoppedException();
        var root = System.IO.Path.GetFullPath(target) + System.IO.Path.DirectorySeparatorChar;
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, entry.FullName));
        if (!(path + System.IO.Path.DirectorySeparatorChar).StartsWith(root, StringComparison.Ordinal))
        {
            var message = $"The entry '{entry.FullName}' of '{archive}' would be written outside of '{target}' and was left out.";
            WriteError(new ErrorRecord(new InvalidDataException(message), "EntryOutsideDestination", ErrorCategory.SecurityError, entry.FullName));
            return;
        }
        try
        {
            if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\'))
            {
                var folder = Directory.CreateDirectory(path);
                if (PassThru) WriteObject(folder);
                return;
            }
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (File.Exists(path) && !Force)
            {
                var message = $"Failed to create file '{path}' while expanding the archive file '{archive}' because the file already exists. Use -Force to overwrite it.";
                WriteError(new ErrorRecord(new IOException(message), "ExpandArchiveFileExists", ErrorCategory.ResourceExists, path));
                return;
            }
            entry.ExtractToFile(path, overwrite: true);
            if (PassThru) WriteObject(new FileInfo(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(error, "ExpandArchiveFailed", ErrorCategory.WriteError, path));
        }
    }
}
