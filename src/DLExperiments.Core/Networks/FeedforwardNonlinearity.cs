namespace DLExperiments.Networks;

/// <summary>What bends the values between the two dense layers of a transformer layer.</summary>
public enum FeedforwardNonlinearity
{
    /// <summary>The rectifier.</summary>
    ReLU,

    /// <summary>The Gaussian error linear unit.</summary>
    GELU,
}
