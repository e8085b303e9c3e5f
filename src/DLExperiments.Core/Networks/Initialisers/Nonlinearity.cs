namespace DLExperiments.Networks.Initialisers;

/// <summary>The activation after a layer, which decides the gain of its first weights (PyTorch's table).</summary>
public enum Nonlinearity
{
    /// <summary>Leaky rectifier: √(2 / (1 + a²)) for the slope a; with slope 0 the rectifier's.</summary>
    LeakyReLU,

    /// <summary>Rectifier: √2.</summary>
    ReLU,

    /// <summary>Hyperbolic tangent: 5/3.</summary>
    Tanh,

    /// <summary>Logistic function: 1.</summary>
    Sigmoid,

    /// <summary>Scaled exponential linear unit: 3/4.</summary>
    SELU,

    /// <summary>No activation: 1.</summary>
    Linear,
}
