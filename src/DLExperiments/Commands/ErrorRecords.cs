using System.Management.Automation;
using DLExperiments.Errors;

namespace DLExperiments.Commands;

/// <summary>The one place where errors of the engine and of the file system become PowerShell's error records.</summary>
public static class ErrorRecords
{
    /// <summary>Turns an exception into an error record, or gives null for one that is no user's doing (a defect).</summary>
    /// <param name="exception">The exception; one alone inside an <see cref="AggregateException"/> is taken out.</param>
    /// <param name="target">The object concerned when the exception names none.</param>
    public static ErrorRecord? From(Exception exception, object? target = null) => exception switch
    {
        ExperimentException e => new ErrorRecord(e, e.ErrorId, CategoryOf(e.Kind), e.Target ?? target),
        AggregateException { InnerExceptions: [var only] } => From(only, target),
        UnauthorizedAccessException e => new ErrorRecord(e, "AccessDenied", ErrorCategory.PermissionDenied, target),
        FileNotFoundException e => new ErrorRecord(e, "FileNotFound", ErrorCategory.ObjectNotFound, e.FileName ?? target),
        DirectoryNotFoundException e => new ErrorRecord(e, "FolderNotFound", ErrorCategory.ObjectNotFound, target),
        IOException e => new ErrorRecord(e, "FileError", ErrorCategory.ResourceUnavailable, target),
        _ => null,
    };

    /// <summary>Ends the cmdlet with the error.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The object concerned when the exception names none.</param>
    public static void ThrowTerminating(this Cmdlet cmdlet, Exception exception, object? target = null) =>
        cmdlet.ThrowTerminatingError(From(exception, target)
            ?? new ErrorRecord(exception, "UnexpectedError", ErrorCategory.NotSpecified, target));

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        ErrorKind.Io => ErrorCategory.ResourceUnavailable,
        ErrorKind.NotInstalled => ErrorCategory.NotInstalled,
        _ => ErrorCategory.NotSpecified,
    };
}
