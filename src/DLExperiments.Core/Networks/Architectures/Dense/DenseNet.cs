using System.ComponentModel.DataAnnotations;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Dense;

/// <summary>
/// Densely connected networks (Huang and others 2016): in a block, each layer sees the maps of all layers before it and adds GrowthRate maps;
/// between blocks, a 1×1 convolution halves the channels and pooling the size.
/// </summary>
public abstract class DenseNet : ImageClassifier
{
    private readonly int[] depths;

    /// <summary>Sets what makes the variant.</summary>
    /// <param name="depths">Layers in each block.</param>
    protected DenseNet(int[] depths) => this.depths = depths;

    /// <summary>Maps that each layer adds.</summary>
    [Range(1, int.MaxValue)]
    public int GrowthRate { get; init; } = 32;

    /// <summary>Maps of the first convolution.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>The probability of dropout after each layer of a block.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        chain = chain.Conv("features.conv0", Width, 7, 2, 3, bias: false, start: Start.KaimingFanIn).Norm("features.norm0").ReLU("features.relu0")
            .MaxPool("features.pool0", 3, 2, 1);
        for (int block = 1; block <= depths.Length; block++)
        {
            chain = chain.DenseBlock($"features.denseblock{block}", depths[block - 1], GrowthRate, Dropout);
            if (block < depths.Length) chain = chain.Transition($"features.transition{block}");
        }
        return chain.Norm("features.norm5").ReLU("relu").PooledHead("classifier", Classes, biasStart: Start.Zeros);
    }
}
