using System.ComponentModel.DataAnnotations;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>
/// Residual networks (He and others 2015): four stages of blocks whose result is added to their input. The stride of a bottleneck sits in its
/// 3×3 convolution, as in torchvision; grouped and wide variants (Xie and others 2016, Zagoruyko and Komodakis 2016) differ in that convolution.
/// </summary>
public abstract class ResNet : ImageClassifier
{
    private readonly int[] depths;
    private readonly bool bottleneck;
    private readonly int groups, widthPerGroup;

    /// <summary>Sets what makes the variant.</summary>
    /// <param name="depths">Blocks in each stage.</param>
    /// <param name="bottleneck">Whether a block is 1×1, 3×3, 1×1 (with four times as many channels at the end), or 3×3, 3×3.</param>
    /// <param name="groups">Groups of the 3×3 convolution.</param>
    /// <param name="widthPerGroup">Channels of each group in a first stage of width 64.</param>
    protected ResNet(int[] depths, bool bottleneck, int groups = 1, int widthPerGroup = 64) =>
        (this.depths, this.bottleneck, this.groups, this.widthPerGroup) = (depths, bottleneck, groups, widthPerGroup);

    /// <summary>Channels of the first stage; each later one has twice as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>Whether the network starts with a 3×3 convolution of stride 1 without pooling, for images of about 32×32.</summary>
    public bool SmallInput { get; init; }

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        chain = SmallInput
            ? chain.Conv("conv1", Width, 3, padding: 1, bias: false, start: Start.KaimingFanOut).Norm("bn1").ReLU("relu")
            : chain.Conv("conv1", Width, 7, 2, 3, bias: false, start: Start.KaimingFanOut).Norm("bn1").ReLU("relu").MaxPool("maxpool", 3, 2, 1);
        for (int stage = 0; stage < depths.Length; stage++)
        {
            int planes = Width << stage;
            for (int block = 0; block < depths[stage]; block++)
            {
                string name = $"layer{stage + 1}.{block}";
                int stride = stage > 0 && block == 0 ? 2 : 1;
                chain = bottleneck
                    ? chain.Bottleneck(name, planes, planes * widthPerGroup / 64 * groups, stride, groups)
                    : chain.BasicBlock(name, planes, stride);
            }
        }
        return chain.PooledHead("fc", Classes);
    }
}
