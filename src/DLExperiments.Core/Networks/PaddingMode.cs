namespace DLExperiments.Networks;

/// <summary>What a convolution sees beyond the edge of its input.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The input mirrored at its edge, the edge itself not repeated.</summary>
    Reflect,

    /// <summary>The edge value repeated.</summary>
    Replicate,

    /// <summary>The input's other side, as if it were wound round.</summary>
    Circular,
}
