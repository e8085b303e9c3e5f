using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Inception;

/// <summary>Inception v3 (Szegedy and others 2015): modules with factorised convolutions (1×7 after 7×1), for images of 299×299, at least 75×75.</summary>
[CatalogueEntry("InceptionV3")]
public sealed class InceptionV3 : ImageClassifier
{
    /// <summary>Whether one more classifier hangs at the last 17×17 module: an output of its own; it needs images of about 299×299.</summary>
    public bool Auxiliary { get; init; }

    /// <summary>The probability of dropout before the last layer.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.5;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 299, 299);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        chain = chain.Brick("Conv2d_1a_3x3", 32, 3, 2).Brick("Conv2d_2a_3x3", 32, 3).Brick("Conv2d_2b_3x3", 64, 3, 1, 1).MaxPool("maxpool1", 3, 2)
            .Brick("Conv2d_3b_1x1", 80, 1).Brick("Conv2d_4a_3x3", 192, 3).MaxPool("maxpool2", 3, 2)
            .Module5("Mixed_5b", 32).Module5("Mixed_5c", 64).Module5("Mixed_5d", 64)
            .Reduction6("Mixed_6a").Module6("Mixed_6b", 128).Module6("Mixed_6c", 160).Module6("Mixed_6d", 160).Module6("Mixed_6e", 192);
        if (Auxiliary)
            chain = chain.AvgPool("AuxLogits.pool", 5, 3).Brick("AuxLogits.conv0", 128, 1).Brick("AuxLogits.conv1", 768, 5, start: Start.Truncated01)
                .AdaptivePool("AuxLogits.avgpool", 1).Flatten("AuxLogits.flatten").Linear("AuxLogits.fc", Classes, AuxiliaryStart).From(chain.At);
        return chain.Reduction7("Mixed_7a").Module7("Mixed_7b").Module7("Mixed_7c").PooledHead("fc", Classes, Dropout, Start.Truncated10);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> ExtraOutputs(NetworkDefinition network) => Auxiliary ? ["AuxLogits.fc"] : [];

    private static readonly Initialisers.Initialiser AuxiliaryStart = new Initialisers.TruncatedNormalInitialiser { Std = 0.001 };
}
