using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>One layer of neurons (Rosenblatt 1958): a weighted sum of the inputs for each output, and an activation if one is given.</summary>
[CatalogueEntry("Perceptron")]
public sealed class Perceptron : Classifier
{
    /// <summary>Sets the default of 10 classes.</summary>
    public Perceptron()
        : base(10)
    {
    }

    /// <summary>An activation behind the sums; none by default, as losses take the sums.</summary>
    public ActivationLayer? Activation { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(784);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        chain = chain.AsVector().Linear("fc", Classes);
        return Activation is null ? chain : chain.Then(Activation, "activation");
    }
}
