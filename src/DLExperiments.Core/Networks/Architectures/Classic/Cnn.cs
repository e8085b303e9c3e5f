using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>
/// A configurable convolutional classifier: blocks of 3×3 convolution, optional batch normalisation, ReLU and optional channel dropout, pooling
/// between the blocks, the mean of each map at the end and one dense layer.
/// </summary>
[CatalogueEntry("CNN")]
public sealed class Cnn : Classifier
{
    /// <summary>Sets the default of 10 classes.</summary>
    public Cnn()
        : base(10)
    {
    }

    /// <summary>Channels of each block.</summary>
    [Range(1, int.MaxValue)]
    public int[] Channels { get; init; } = [32, 64, 128, 256];

    /// <summary>Whether each convolution is followed by batch normalisation.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>The probability of dropout: of channels in the blocks, of values before the dense layer.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <summary>How weights start; biases start at zero.</summary>
    public Initialiser WeightInitialiser { get; init; } = new XavierUniformInitialiser();

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 32, 32);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .Repeat(Channels.Length, (c, i) => c
            .When(i > 0, p => p.MaxPool($"pool{i}", 2, 2))
            .Conv($"block{i + 1}.conv", Channels[i], 3, padding: 1, start: WeightInitialiser, biasStart: Start.Zeros)
            .When(BatchNorm, n => n.Norm($"block{i + 1}.bn")).ReLU($"block{i + 1}.relu").Dropout2d($"block{i + 1}.dropout", Dropout))
        .PooledHead("fc", Classes, Dropout, WeightInitialiser, Start.Zeros);
}
