namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>What the layers of a transformer block are called in published weights.</summary>
/// <param name="Block">The block's name.</param>
/// <param name="Attention">The attention.</param>
/// <param name="Up">The first dense layer.</param>
/// <param name="Down">The second dense layer.</param>
internal sealed record TransformerNames(string Block, string Attention, string Up, string Down)
{
    internal string Of(string layer) => $"{Block}.{layer}";
}
