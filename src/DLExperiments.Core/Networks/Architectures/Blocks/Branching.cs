using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Branches whose channels are put side by side.</summary>
internal static class Branching
{
    /// <summary>Lets branches start here and puts their channels one after the other; the result has the block's name.</summary>
    internal static LayerChain Branches(this LayerChain chain, string name, params Func<LayerChain, LayerChain>[] branches) =>
        chain.Parallel(new ConcatLayer(), name, branches);

    /// <summary>Puts this place's channels before those of earlier layers.</summary>
    internal static LayerChain Concat(this LayerChain chain, string name, params string[] others) => chain.Join(new ConcatLayer(), name, others);
}
