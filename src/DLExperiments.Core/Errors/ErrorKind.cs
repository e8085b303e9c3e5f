namespace DLExperiments.Errors;

/// <summary>What sort of thing went wrong; the cmdlets map it to PowerShell's error categories.</summary>
public enum ErrorKind
{
    /// <summary>A value that was given is wrong: out of range, of the wrong form, in conflict with another.</summary>
    InvalidArgument,

    /// <summary>Data that was read is wrong: ragged rows, non-numeric cells, a damaged file.</summary>
    InvalidData,

    /// <summary>A file, name or column does not exist.</summary>
    NotFound,

    /// <summary>Something exists already and may not be overwritten.</summary>
    AlreadyExists,

    /// <summary>The operation does not fit the state of the thing: mismatched shapes, a disposed model.</summary>
    InvalidOperation,

    /// <summary>Reading or writing failed: no permission, no space, an unreadable device.</summary>
    Io,

    /// <summary>A library or device that is needed is not there or does not load.</summary>
    NotInstalled,
}
