using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>A multi-layer perceptron: dense layers with an activation between them. Images are flattened first.</summary>
[CatalogueEntry("MLP")]
public sealed class Mlp : Classifier
{
    /// <summary>Sets the default of 10 classes.</summary>
    public Mlp()
        : base(10)
    {
    }

    /// <summary>Units of each hidden layer; an empty list makes a linear model.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public int[] Hidden { get; init; } = [512, 512];

    /// <summary>The activation of the hidden layers.</summary>
    public ActivationLayer Activation { get; init; } = new ReLULayer();

    /// <summary>What normalises the sums of each hidden layer before the activation.</summary>
    public DenseNorm Norm { get; init; }

    /// <summary>The probability of dropout after each hidden layer.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(784);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain.AsVector()
        .Repeat(Hidden.Length, (c, i) => c.Linear($"fc{i + 1}", Hidden[i]).DenseNorm($"norm{i + 1}", Norm).Then(Activation, $"act{i + 1}").Dropout($"drop{i + 1}", Dropout))
        .Linear($"fc{Hidden.Length + 1}", Classes);
}
