namespace DLExperiments.Networks;

/// <summary>What bends the state of a simple recurrent layer.</summary>
public enum RecurrentNonlinearity
{
    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The rectifier.</summary>
    ReLU,
}
