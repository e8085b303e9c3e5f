using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>AlexNet in the single-column form of Krizhevsky 2014, as in torchvision: five convolutions and three dense layers.</summary>
[CatalogueEntry("AlexNet")]
public sealed class AlexNet : ImageClassifier
{
    /// <summary>The probability of dropout before the dense layers.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .Conv("features.0", 64, 11, 4, 2).ReLU("features.1").MaxPool("features.2", 3, 2)
        .Conv("features.3", 192, 5, 1, 2).ReLU("features.4").MaxPool("features.5", 3, 2)
        .Conv("features.6", 384, 3, 1, 1).ReLU("features.7")
        .Conv("features.8", 256, 3, 1, 1).ReLU("features.9")
        .Conv("features.10", 256, 3, 1, 1).ReLU("features.11").MaxPool("features.12", 3, 2)
        .AdaptivePool("avgpool", 6).Flatten()
        .Dropout("classifier.0", Dropout).Linear("classifier.1", 4096).ReLU("classifier.2")
        .Dropout("classifier.3", Dropout).Linear("classifier.4", 4096).ReLU("classifier.5")
        .Linear("classifier.6", Classes);
}
