namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>The blocks of residual networks.</summary>
internal static class ResidualBlocks
{
    private const int Expansion = 4;

    /// <summary>Two 3×3 convolutions around which the input is added.</summary>
    internal static LayerChain BasicBlock(this LayerChain chain, string name, int planes, int stride) =>
        chain.ResidualBlock(name, planes, stride, body => body
            .Conv($"{name}.conv1", planes, 3, stride, 1, bias: false, start: Start.KaimingFanOut).Norm($"{name}.bn1").ReLU($"{name}.relu1")
            .Conv($"{name}.conv2", planes, 3, 1, 1, bias: false, start: Start.KaimingFanOut).Norm($"{name}.bn2"));

    /// <summary>1×1, 3×3, 1×1 convolutions around which the input is added.</summary>
    internal static LayerChain Bottleneck(this LayerChain chain, string name, int planes, int width, int stride, int groups) =>
        chain.ResidualBlock(name, planes * Expansion, stride, body => body
            .Conv($"{name}.conv1", width, 1, bias: false, start: Start.KaimingFanOut).Norm($"{name}.bn1").ReLU($"{name}.relu1")
            .Conv($"{name}.conv2", width, 3, stride, 1, groups, bias: false, start: Start.KaimingFanOut).Norm($"{name}.bn2").ReLU($"{name}.relu2")
            .Conv($"{name}.conv3", planes * Expansion, 1, bias: false, start: Start.KaimingFanOut).Norm($"{name}.bn3"));

    // Where the shape changes, the input passes a 1×1 convolution; elsewhere nothing.
    private static LayerChain ResidualBlock(this LayerChain chain, string name, int channels, int stride, Func<LayerChain, LayerChain> body) =>
        chain.Residual($"{name}.add", body, stride != 1 || chain.Shape[0] != channels
            ? input => input.Conv($"{name}.downsample.0", channels, 1, stride, bias: false, start: Start.KaimingFanOut).Norm($"{name}.downsample.1")
            : null).ReLU($"{name}.relu");
}
