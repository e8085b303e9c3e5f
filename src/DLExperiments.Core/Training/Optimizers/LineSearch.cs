namespace DLExperiments.Training.Optimizers;

/// <summary>How LBFGS finds the length of a step along its direction.</summary>
public enum LineSearch
{
    /// <summary>A length that fulfils the strong Wolfe conditions (Nocedal, Wright 2006, section 3.5): enough descent, and a slope that is flat enough.</summary>
    StrongWolfe,

    /// <summary>Always the learning rate (PyTorch's default); the first step is shorter.</summary>
    None,
}
