using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Architectures.Classic;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Composite;

/// <summary>
/// A siamese network (Bromley and others 1993; Koch and others 2015): two inputs, <c>first</c> and <c>second</c>, pass the same trunk with the same
/// weights. Outputs: both embeddings, for contrastive and triplet losses; with Score one number, the logit that both are of one kind.
/// </summary>
[CatalogueEntry("Siamese")]
public sealed class Siamese : Architecture
{
    /// <summary>The network that embeds each input: its scores are the embedding. A name or @{ Name = 'CNN'; Classes = 64 }.</summary>
    [Position(0)]
    public Architecture Trunk { get; init; } = new Cnn { Classes = 64, Channels = [32, 64, 128] };

    /// <summary>Whether the absolute difference of the embeddings is weighed to one score.</summary>
    public bool Score { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1, 28, 28);

    /// <inheritdoc/>
    protected override IReadOnlyList<NetworkInput> GetInputs(Shape input) => [new("first", input), new("second", input)];

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        LayerChain first = chain.Block(Trunk, "twin1"), second = first.From("second").Again("twin1", "twin2");
        return Score
            ? second.From(first.At).Join(new AbsoluteDifferenceLayer(), "difference", second.At).Linear("score", 1)
            : second.From(first.At);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> ExtraOutputs(NetworkDefinition network) => Score ? [] : [network.Layers[^1].Name];
}
