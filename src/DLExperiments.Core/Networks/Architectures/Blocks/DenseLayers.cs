using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Pieces of networks of dense layers.</summary>
internal static class DenseLayers
{
    /// <summary>Images and sequences as one vector; a vector stays as it is.</summary>
    internal static LayerChain AsVector(this LayerChain chain) => chain.Shape.Count == 1 ? chain : chain.Flatten();

    internal static LayerChain DenseNorm(this LayerChain chain, string name, DenseNorm norm) => norm switch
    {
        Architectures.DenseNorm.Batch => chain.Then(new BatchNorm1dLayer(), name),
        Architectures.DenseNorm.Layer => chain.Then(new LayerNormLayer(), name),
        _ => chain,
    };

    /// <summary>Dense layers with an optional activation behind each.</summary>
    internal static LayerChain DenseStack(this LayerChain chain, string prefix, IReadOnlyList<int> widths, ActivationLayer? activation) =>
        chain.Repeat(widths.Count, (c, i) =>
        {
            c = c.Linear($"{prefix}.fc{i + 1}", widths[i]);
            return activation is null ? c : c.Then(activation, $"{prefix}.act{i + 1}");
        });
}
