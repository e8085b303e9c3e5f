using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>A first convolutional network: 3×3 convolutions, each with ReLU and pooling, then one dense layer over all that is left.</summary>
[CatalogueEntry("SimpleCNN")]
public sealed class SimpleCnn : Classifier
{
    /// <summary>Sets the default of 10 classes.</summary>
    public SimpleCnn()
        : base(10)
    {
    }

    /// <summary>Channels of each convolution.</summary>
    [Range(1, int.MaxValue)]
    public int[] Channels { get; init; } = [16, 16];

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1, 28, 28);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .Repeat(Channels.Length, (c, i) => c.Conv($"conv{i + 1}", Channels[i], 3, padding: 1).ReLU($"relu{i + 1}").MaxPool($"pool{i + 1}", 2, 2))
        .Flatten().Linear("fc", Classes);
}
