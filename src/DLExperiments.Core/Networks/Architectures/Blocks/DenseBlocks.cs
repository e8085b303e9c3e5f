namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>The blocks of DenseNet.</summary>
internal static class DenseBlocks
{
    // The 1×1 convolution of a layer gives four times the growth, as in the paper's "bottleneck" form.
    private const int Bottleneck = 4;

    /// <summary>Layers of which each takes in what all before it gave out.</summary>
    internal static LayerChain DenseBlock(this LayerChain chain, string name, int depth, int growth, double dropout)
    {
        for (int i = 1; i <= depth; i++)
        {
            string layer = $"{name}.denselayer{i}", maps = chain.At;
            chain = chain.Norm($"{layer}.norm1").ReLU($"{layer}.relu1")
                .Conv($"{layer}.conv1", Bottleneck * growth, 1, bias: false, start: Start.KaimingFanIn).Norm($"{layer}.norm2").ReLU($"{layer}.relu2")
                .Conv($"{layer}.conv2", growth, 3, 1, 1, bias: false, start: Start.KaimingFanIn).Dropout($"{layer}.dropout", dropout);
            chain = chain.From(maps).Concat($"{layer}.concat", chain.At);
        }
        return chain;
    }

    /// <summary>Half the channels and half the size.</summary>
    internal static LayerChain Transition(this LayerChain chain, string name) => chain.Norm($"{name}.norm").ReLU($"{name}.relu")
        .Conv($"{name}.conv", chain.Shape[0] / 2, 1, bias: false, start: Start.KaimingFanIn).AvgPool($"{name}.pool", 2, 2);
}
