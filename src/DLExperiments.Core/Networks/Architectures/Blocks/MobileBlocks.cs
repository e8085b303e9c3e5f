using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>The blocks of MobileNetV2.</summary>
internal static class MobileBlocks
{
    private static readonly ConvNormAct Brick = new("0", "1", "2", new ReLU6Layer(), Weights: Start.KaimingFanOut);

    internal static LayerChain MobileBrick(this LayerChain chain, string name, int channels, int kernel, int stride = 1, int padding = 0, int groups = 1) =>
        Brick.Add(chain, name, channels, kernel, stride, padding, groups);

    /// <summary>Widens, filters each channel, narrows; the input is added where the shape stays.</summary>
    internal static LayerChain InvertedResidual(this LayerChain chain, string name, int expansion, int channels, int stride)
    {
        int input = chain.Shape[0], hidden = input * expansion, part = expansion == 1 ? 0 : 1;
        LayerChain Body(LayerChain c) => c
            .When(expansion != 1, e => e.MobileBrick($"{name}.conv.0", hidden, 1))
            .MobileBrick($"{name}.conv.{part}", hidden, 3, stride, 1, hidden)
            .Conv($"{name}.conv.{part + 1}", channels, 1, bias: false, start: Start.KaimingFanOut).Norm($"{name}.conv.{part + 2}");
        return stride == 1 && input == channels ? chain.Residual($"{name}.add", Body) : Body(chain);
    }
}
