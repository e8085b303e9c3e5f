using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>A deep Q-network for states of a few numbers (Mnih and others 2013): one value for each action.</summary>
[CatalogueEntry("DQN")]
public sealed class DeepQNetwork : Architecture
{
    /// <summary>How many actions: the number of values that come out.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Actions { get; init; } = 2;

    /// <summary>Units of each hidden layer.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public int[] Hidden { get; init; } = [24, 24];

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(4);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain.AsVector().DenseStack("hidden", Hidden, Steps.Rectifier).Linear("values", Actions);
}
