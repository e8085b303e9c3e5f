using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks;

/// <summary>
/// A network under construction and the place at which it goes on: each step puts a layer behind the one before, wherever that is, so that
/// branches and residual connections read like the figures in papers. A value: a step gives a new chain and leaves the old one as it was.
/// </summary>
/// <param name="Network">The network so far.</param>
/// <param name="At">The name of the layer or input that the next layer takes its input from.</param>
public readonly record struct LayerChain(NetworkDefinition Network, string At)
{
    /// <summary>The shape at this place, without the batch dimension.</summary>
    public Shape Shape => Network.ShapeOf(At);

    /// <summary>Puts a layer behind this place.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">Its name; by default its type and a number.</param>
    /// <exception cref="ShapeException">The shape at this place does not fit the layer; the message names both.</exception>
    public LayerChain Then(Layer layer, string? name = null) => Take(Network.Add(layer, name, [At]));

    /// <summary>Puts a layer behind this place and others, as merges need.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">Its name.</param>
    /// <param name="others">Names of the further layers that feed it, after this place.</param>
    public LayerChain Join(Layer layer, string name, params string[] others) => Take(Network.Add(layer, name, [At, .. others]));

    /// <summary>Puts a layer or block that exists already behind this place once more, with the same settings and weights.</summary>
    /// <param name="share">The name of the layer or block.</param>
    /// <param name="name">The name here.</param>
    public LayerChain Again(string share, string name) => Take(Network.AddShared(share, name, [At]));

    /// <summary>Lets the layer at this place compute with parameters of other layers.</summary>
    /// <param name="weights">Full names of the parameters.</param>
    public LayerChain Tied(params string[] weights) => this with { Network = Network.WithTied(At, weights) };

    /// <summary>Goes on at another layer.</summary>
    /// <param name="at">Its name.</param>
    public LayerChain From(string at) => this with { At = at };

    /// <summary>Applies a step several times.</summary>
    /// <param name="count">How often.</param>
    /// <param name="step">The step; it gets the chain and the number of the repetition, from 0.</param>
    public LayerChain Repeat(int count, Func<LayerChain, int, LayerChain> step)
    {
        LayerChain chain = this;
        for (int i = 0; i < count; i++) chain = step(chain, i);
        return chain;
    }

    /// <summary>Applies a step when a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="step">The step.</param>
    public LayerChain When(bool condition, Func<LayerChain, LayerChain> step) => condition ? step(this) : this;

    /// <summary>Lets several branches start at this place and joins their ends.</summary>
    /// <param name="merge">The layer that joins them: Concat, Add, ...</param>
    /// <param name="name">Its name.</param>
    /// <param name="branches">The branches; one that gives its argument back passes the input on.</param>
    public LayerChain Parallel(Layer merge, string name, params Func<LayerChain, LayerChain>[] branches)
    {
        LayerChain chain = this;
        var ends = new List<string>();
        foreach (Func<LayerChain, LayerChain> branch in branches)
        {
            chain = branch(chain.From(At));
            ends.Add(chain.At);
        }
        return Take(chain.Network.Add(merge, name, ends));
    }

    /// <summary>A residual connection: the body's result plus this place's value, or plus what the shortcut makes of it.</summary>
    /// <param name="name">The name of the sum.</param>
    /// <param name="body">The body.</param>
    /// <param name="shortcut">What the input passes on its way to the sum; nothing by default.</param>
    public LayerChain Residual(string name, Func<LayerChain, LayerChain> body, Func<LayerChain, LayerChain>? shortcut = null) =>
        Parallel(new AddLayer(), name, body, shortcut ?? (chain => chain));

    private static LayerChain Take(NetworkDefinition network) => new(network, network.Layers[^1].Name);
}
