using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Commands;

/// <summary>Opens the one file that an exporting command writes or reads, with the errors that these commands have in common.</summary>
internal static class FileTarget
{
    /// <summary>The full path of a file to be written; a path with wildcards must name exactly one existing file.</summary>
    internal static string ResolveForWriting(PSCmdlet cmdlet, string path, bool literal)
    {
        ProviderInfo provider;
        string full;
        if (!literal && WildcardPattern.ContainsWildcardCharacters(path))
        {
            try
            {
                var matches = cmdlet.GetResolvedProviderPathFromPSPath(path, out provider);
                if (matches.Count > 1)
                    throw Fail(cmdlet, new PSInvalidOperationException($"The path '{path}' names {matches.Count} files; it must name one."),
                        "ReadWriteMultipleFilesNotSupported", ErrorCategory.InvalidArgument, path);
                full = matches.Count == 1 ? matches[0]
                    : throw Fail(cmdlet, new PSInvalidOperationException($"The wildcard path '{path}' did not resolve to a file."),
                        "FileOpenFailure", ErrorCategory.InvalidArgument, path);
            }
            catch (ItemNotFoundException)
            {
                full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
            }
        }
        else
        {
            full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        return provider.Name == "FileSystem" ? full
            : throw Fail(cmdlet, new PSInvalidOperationException($"The path '{path}' is not in the file system: its provider is {provider.Name}."),
                "ReadWriteFileNotFileSystemProvider", ErrorCategory.InvalidArgument, path);
    }

    /// <summary>The full paths of existing files to be read.</summary>
    internal static IReadOnlyList<string> ResolveForReading(PSCmdlet cmdlet, string path, bool literal)
    {
        if (literal)
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out _, out _);
            return [full];
        }
        try
        {
            return cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException) when (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            // Opening it then says which file is missing, as pwsh does.
            return [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out _, out _)];
        }
    }

    /// <summary>Opens a file for writing; a failure is terminating and named FileOpenFailure (NoClobber where that forbids it).</summary>
    internal static StreamWriter OpenWriter(PSCmdlet cmdlet, string path, Encoding encoding, bool append, bool noClobber, bool force)
    {
        try
        {
            if (force && File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            if (noClobber && !append && File.Exists(path))
                throw Fail(cmdlet, new IOException($"The file '{path}' already exists."), "NoClobber", ErrorCategory.ResourceExists, path);
            var stream = new FileStream(path, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
            return new StreamWriter(stream, encoding);
        }
        catch (Exception exception) when (IsOpenFailure(exception))
        {
            throw Fail(cmdlet, exception, "FileOpenFailure", ErrorCategory.OpenError, path);
        }
    }

    /// <summary>Opens a file for reading; a byte order mark overrides the encoding.</summary>
    internal static StreamReader OpenReader(PSCmdlet cmdlet, string path, Encoding encoding)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), encoding);
        }
        catch (Exception exception) when (IsOpenFailure(exception))
        {
            throw Fail(cmdlet, exception, "FileOpenFailure", ErrorCategory.OpenError, path);
        }
    }

    private static bool IsOpenFailure(Exception exception) =>
        exception is (IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException) and not PipelineStoppedException;

    private static Exception Fail(PSCmdlet cmdlet, Exception exception, string id, ErrorCategory category, object target)
    {
        cmdlet.ThrowTerminatingError(new ErrorRecord(exception, id, category, target));
        return exception;
    }
}
