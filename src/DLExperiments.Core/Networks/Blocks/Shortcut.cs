namespace DLExperiments.Networks.Blocks;

/// <summary>What a residual block's input passes through before it is added to what the block computed.</summary>
public enum Shortcut
{
    /// <summary>Nothing where the shapes agree, else a projection.</summary>
    Auto,

    /// <summary>Nothing: the shapes must agree.</summary>
    Identity,

    /// <summary>A 1 × 1 convolution with a stride that fits (a Linear layer for [features] and [steps, features]).</summary>
    Projection,
}
