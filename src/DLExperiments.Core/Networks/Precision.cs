namespace DLExperiments.Networks;

/// <summary>The numbers that a network computes with. Parameters, gradients, optimizers and losses have 32 bits in any case.</summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>Products (convolutions, linear layers) of 16-bit numbers with 8 bits of mantissa and the range of 32-bit numbers; sums have 32 bits.</summary>
    BFloat16,
}
