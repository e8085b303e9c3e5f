using System.ComponentModel.DataAnnotations;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Vgg;

/// <summary>VGG networks (Simonyan and Zisserman 2014): five stages of 3×3 convolutions, each followed by pooling, then three dense layers.</summary>
public abstract class Vgg : ImageClassifier
{
    private readonly int[] depths;

    /// <summary>Sets what makes the variant.</summary>
    /// <param name="depths">Convolutions in each stage.</param>
    protected Vgg(int[] depths) => this.depths = depths;

    /// <summary>Whether each convolution is followed by batch normalisation.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>The probability of dropout between the dense layers.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.5;

    /// <summary>Channels of the first stage; they double up to eight times as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>Units of the two hidden dense layers.</summary>
    [Range(1, int.MaxValue)]
    public int Hidden { get; init; } = 4096;

    /// <summary>The maps are averaged to this size before the dense layers: 7 fits 224×224, 1 suits 32×32.</summary>
    [Range(1, int.MaxValue)]
    public int PoolSize { get; init; } = 7;

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int place = 0;
        string Next() => $"features.{place++}";
        for (int stage = 0; stage < depths.Length; stage++)
        {
            int channels = Width << Math.Min(stage, 3);
            chain = chain.Repeat(depths[stage], (c, _) => c
                .Conv(Next(), channels, 3, padding: 1, start: Start.KaimingFanOut, biasStart: Start.Zeros)
                .When(BatchNorm, n => n.Norm(Next())).ReLU(Next())).MaxPool(Next(), 2, 2);
        }
        return chain.AdaptivePool("avgpool", PoolSize).Flatten()
            .Linear("classifier.0", Hidden, Start.Normal01, Start.Zeros).ReLU("classifier.1").Dropout("classifier.2", Dropout)
            .Linear("classifier.3", Hidden, Start.Normal01, Start.Zeros).ReLU("classifier.4").Dropout("classifier.5", Dropout)
            .Linear("classifier.6", Classes, Start.Normal01, Start.Zeros);
    }
}
