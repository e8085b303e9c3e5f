namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Whole networks as parts of others.</summary>
internal static class Trunks
{
    /// <summary>Puts an architecture behind this place, under names that begin with the block's.</summary>
    internal static LayerChain Block(this LayerChain chain, Architecture architecture, string name)
    {
        NetworkDefinition network = chain.Network.AddNetwork(architecture.Build(chain.Shape), name, [chain.At]);
        return new LayerChain(network, network.Layers[^1].Name);
    }
}
