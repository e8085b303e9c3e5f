using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>The values of an embedding: standard normal as in PyTorch, or as chosen, with the row of the padding index at zero.</summary>
internal sealed class EmbeddingInitialiser : Initialiser
{
    /// <summary>The row to leave at zero, or null.</summary>
    internal int? ZeroRow { get; init; }

    /// <summary>What fills the other rows; null for the standard normal distribution.</summary>
    internal Initialiser? Chosen { get; init; }

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        if (Chosen is null) FillNormal(values, 0, 1, random);
        else Chosen.Fill(values, parameter, random);
        int width = parameter.Shape[1];
        if (ZeroRow is { } row) values.Slice(row * width, width).Clear();
    }
}
