using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>
/// AlexNet's layer widths (Krizhevsky, Sutskever, Hinton 2012) in one stream without padding, so that an image of 224×224 shrinks to one point:
/// 224, 54, 27, 17, 8, 6, 4, 2, 1.
/// </summary>
[CatalogueEntry("AlexNetSingleStream")]
public sealed class AlexNetSingleStream : Classifier
{
    /// <summary>Sets the default of 10 classes.</summary>
    public AlexNetSingleStream()
        : base(10)
    {
    }

    /// <summary>The probability of dropout after the hidden dense layers.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.4;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 224, 224);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .Conv("conv1", 96, 11, 4).ReLU("relu1").MaxPool("pool1", 2, 2)
        .Conv("conv2", 256, 11).ReLU("relu2").MaxPool("pool2", 2, 2)
        .Conv("conv3", 384, 3).ReLU("relu3").Conv("conv4", 384, 3).ReLU("relu4").Conv("conv5", 256, 3).ReLU("relu5").MaxPool("pool5", 2, 2)
        .Flatten().Linear("fc6", 4096).ReLU("relu6").Dropout("drop6", Dropout).Linear("fc7", 4096).ReLU("relu7").Dropout("drop7", Dropout)
        .Linear("fc8", Classes);
}
