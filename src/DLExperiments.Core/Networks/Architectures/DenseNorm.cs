namespace DLExperiments.Networks.Architectures;

/// <summary>What normalises the values of a dense layer.</summary>
public enum DenseNorm
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Batch normalisation: each unit over the batch.</summary>
    Batch,

    /// <summary>Layer normalisation: each sample over its units.</summary>
    Layer,
}
