using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>One layer of neurons (Rosenblatt 1958): a weighted sum of the inputs for each output, and an activation if one is given.</summary>
[CatalogueEntry("Perceptron")]
public sealed class Perceptron : Architecture
{
    /// <summary>How many outputs: classes, or 1 for two classes by sign and for a regression.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Classes { get; init; } = 10;

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
