using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>The files from which a session takes its formats and types.</summary>
internal static class SessionFiles
{
    /// <summary>The full paths of existing files with the extension; a file that is missing or of another kind is an error.</summary>
    internal static IEnumerable<string> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths, string extension)
    {
        foreach (var path in paths)
            foreach (var file in FileTarget.ResolveForReading(cmdlet, path, literal: false))
                if (!file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                    cmdlet.WriteError(new ErrorRecord(
                        new InvalidOperationException($"The file '{file}' cannot be used: its name must end in {extension}."), "WrongExtension", ErrorCategory.InvalidArgument, file));
                else if (!File.Exists(file))
                    cmdlet.WriteError(new ErrorRecord(
                        new ItemNotFoundException($"Cannot find path '{file}' because it does not exist."), "PathNotFound", ErrorCategory.ObjectNotFound, file));
                else
                    yield return file;
    }

    /// <summary>Runs an update and writes what the engine finds wrong in a file as an error.</summary>
    internal static void Report(PSCmdlet cmdlet, string errorId, Action update)
    {
        try
        {
            update();
        }
        catch (RuntimeException exception)
        {
            cmdlet.WriteError(new ErrorRecord(exception, errorId, ErrorCategory.InvalidOperation, null));
        }
    }
}
