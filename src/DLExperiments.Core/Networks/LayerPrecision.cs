namespace DLExperiments.Networks;

/// <summary>What a layer does when a network computes with fewer bits.</summary>
public enum LayerPrecision
{
    /// <summary>It computes in 32 bits: where sums or exponentials would lose digits that matter.</summary>
    Full,

    /// <summary>It takes numbers as they come: its values are chosen or changed one by one, or it sums in 32 bits inside.</summary>
    AsGiven,

    /// <summary>It computes in fewer bits, with parameters cast for each step: products, where most of the time goes.</summary>
    Reduced,
}
