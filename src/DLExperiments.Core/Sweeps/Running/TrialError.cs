namespace DLExperiments.Sweeps.Running;

/// <summary>A trial's own error, with what a table of trials shows of it.</summary>
public sealed class TrialError : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">Its stable id.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="position">Where in the script, or null.</param>
    /// <param name="inner">The error underneath, or null.</param>
    public TrialError(string errorId, string message, string? position = null, Exception? inner = null)
        : base(message, inner) => (ErrorId, Position) = (errorId, position);

    /// <summary>Its stable id.</summary>
    public string ErrorId { get; }

    /// <summary>Where in the script it was, or null.</summary>
    public string? Position { get; }
}
