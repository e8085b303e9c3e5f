using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>MobileNetV2 (Sandler and others 2018): inverted residuals, that is 1×1 convolution to more channels, depthwise 3×3, 1×1 to few without activation.</summary>
[CatalogueEntry("MobileNetV2")]
public sealed class MobileNetV2 : ImageClassifier
{
    // Expansion, channels, repeats and stride of each group: table 2 of the paper.
    private static readonly (int Expansion, int Channels, int Count, int Stride)[] Groups =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    /// <summary>Factor on the channels of all layers; the results are multiples of 8, the last layer is never narrower than 1280.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double WidthMultiplier { get; init; } = 1;

    /// <summary>The probability of dropout before the last layer.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.2;

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int place = 0;
        chain = chain.MobileBrick($"features.{place++}", Scaled(32, WidthMultiplier), 3, 2, 1);
        foreach ((int expansion, int channels, int count, int stride) in Groups)
            for (int i = 0; i < count; i++)
                chain = chain.InvertedResidual($"features.{place++}", expansion, Scaled(channels, WidthMultiplier), i == 0 ? stride : 1);
        return chain.MobileBrick($"features.{place}", Scaled(1280, Math.Max(1, WidthMultiplier)), 1)
            .AdaptivePool("avgpool", 1).Flatten().Dropout("classifier.0", Dropout).Linear("classifier.1", Classes, Start.Normal01, Start.Zeros);
    }

    // The nearest multiple of 8, but not more than a tenth below.
    private static int Scaled(int channels, double factor)
    {
        double wanted = channels * factor;
        int rounded = Math.Max(8, (int)(wanted + 4) / 8 * 8);
        return rounded < 0.9 * wanted ? rounded + 8 : rounded;
    }
}
