using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Standard normal values, as in PyTorch's Embedding, with the row of the padding index at zero.</summary>
internal sealed class EmbeddingInitialiser : Initialiser
{
    /// <summary>The row to leave at zero, or null.</summary>
    internal int? ZeroRow { get; init; }

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        FillNormal(values, 0, 1, random);
        int width = parameter.Shape[1];
        if (ZeroRow is { } row) values.Slice(row * width, width).Clear();
    }
}
