using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <summary>A layer cannot take the shape of its input; the definition adds the layer's name and its inputs to the message.</summary>
public sealed class ShapeException : ExperimentException
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What the layer wants and what it got.</param>
    /// <param name="target">The layer or shape concerned.</param>
    public ShapeException(string message, object? target = null)
        : base("ShapeMismatch", ErrorKind.InvalidOperation, message, target)
    {
    }
}
