namespace DLExperiments.Randomness;

/// <summary>What random numbers are for; streams of different purposes never overlap.</summary>
public enum RandomPurpose
{
    /// <summary>Initial weights; the index is the parameter's place.</summary>
    Initialisation = 1,

    /// <summary>The order of the rows in an epoch.</summary>
    Shuffle = 2,

    /// <summary>Dropout masks; the index is the layer's place.</summary>
    Dropout = 3,

    /// <summary>Augmentation.</summary>
    Augmentation = 4,

    /// <summary>Splitting a data set.</summary>
    Split = 5,

    /// <summary>Generated data.</summary>
    Synthesis = 6,

    /// <summary>Sampling of noise or latent vectors.</summary>
    Noise = 7,

    /// <summary>Anything a user's script draws.</summary>
    User = 8,

    /// <summary>Partners of rows: pairs and triplets.</summary>
    Pairs = 9,

    /// <summary>The points of a sweep; the index is the dimension, the epoch the point.</summary>
    Sweep = 20,
}
