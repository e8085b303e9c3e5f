using System.Management.Automation;
using System.Security.Cryptography;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-FileHash: the hash of files or of a stream.</summary>
[Cmdlet(VerbsCommon.Get, "FileHash", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileHashInfo))]
public sealed class GetFileHashCommand : ProviderCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string StreamSet = "StreamParameterSet";

    /// <summary>Files; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Files, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A stream, read from where it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StreamSet, Position = 0)]
    public Stream? InputStream { get; set; }

    /// <summary>SHA1, SHA256 (default), SHA384, SHA512 or MD5.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")]
    public string Algorithm { get; set; } = "SHA256";

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, ParameterSetName == LiteralPathSet);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == StreamSet)
        {
            Write(InputStream!, null);
            return;
        }
        ForEach(ParameterSetName == LiteralPathSet ? LiteralPath : Path, (path, context) =>
        {
            try
            {
                foreach (var item in EngineProviders.Resolve(SessionState.Path, path, context)) Hash(item);
            }
            catch (ItemNotFoundException error)
            {
                WriteError(new ErrorRecord(error, "FileNotFound", ErrorCategory.ObjectNotFound, path));
            }
        });
    }

    private void Hash(PathInfo item)
    {
        if (item.Provider.Name != "FileSystem")
        {
            var error = new NotSupportedException($"'{item.Path}' is not a file: only files can be hashed.");
            WriteError(new ErrorRecord(error, "FileSystemProviderRequired", ErrorCategory.InvalidArgument, item.Path));
            return;
        }
        try
        {
            using var file = new FileStream(item.ProviderPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Write(file, item.ProviderPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(error, error is IOException ? "FileReadError" : "UnauthorizedAccessError", error is IOException ? ErrorCategory.ReadError : ErrorCategory.InvalidData, item.ProviderPath));
        }
    }

    private void Write(Stream stream, string? path)
    {
        using var hasher = IncrementalHash.CreateHash(new HashAlgorithmName(Algorithm.ToUpperInvariant()));
        var buffer = new byte[128 * 1024];
        for (int read; !Stopping && (read = stream.Read(buffer)) > 0;) hasher.AppendData(buffer, 0, read);
        WriteObject(new FileHashInfo { Algorithm = Algorithm.ToUpperInvariant(), Hash = Convert.ToHexString(hasher.GetHashAndReset()), Path = path });
    }
}
