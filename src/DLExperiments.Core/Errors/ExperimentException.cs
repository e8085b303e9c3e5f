namespace DLExperiments.Errors;

/// <summary>An error that a user can act on: a stable id, a kind, the object concerned and a message that says what to do.</summary>
public class ExperimentException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">Stable id without spaces or data, for example <c>UnknownLayer</c>; one for each cause.</param>
    /// <param name="kind">The sort of error.</param>
    /// <param name="message">Names the thing that is wrong and the way out.</param>
    /// <param name="target">The object concerned (a path, a name, a layer), or null.</param>
    /// <param name="inner">The error underneath, or null.</param>
    public ExperimentException(string errorId, ErrorKind kind, string message, object? target = null, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
    }

    /// <summary>Stable id of the cause.</summary>
    public string ErrorId { get; }

    /// <summary>The sort of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The object concerned, or null.</summary>
    public object? Target { get; }
}
