using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Generative;

/// <summary>
/// The generator of CycleGAN (Zhu and others 2017): down by four, residual blocks with instance normalisation and reflected edges, up again;
/// images between -1 and 1. Height and width must be multiples of 4.
/// </summary>
[CatalogueEntry("CycleGanGenerator")]
public sealed class CycleGanGenerator : Architecture
{
    /// <summary>Channels of the output; as many as the input by default.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int? OutChannels { get; init; }

    /// <summary>Residual blocks: 9 for 256×256, 6 for 128×128.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 9;

    /// <summary>Channels of the first convolution; the blocks have four times as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 256, 256);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int output = OutChannels ?? chain.Shape[0];
        return Norm(chain.Conv("in", Width, 7, 1, 3, mode: PaddingMode.Reflect), "in")
            .Repeat(2, (c, i) => Norm(c.Conv($"down{i + 1}", Width << (i + 1), 3, 2, 1), $"down{i + 1}"))
            .Repeat(Depth, (c, i) => c.Residual($"block{i + 1}.add", b =>
                Norm(b.Conv($"block{i + 1}.conv1", 4 * Width, 3, 1, 1, mode: PaddingMode.Reflect), $"block{i + 1}.conv1")
                    .Conv($"block{i + 1}.conv2", 4 * Width, 3, 1, 1, mode: PaddingMode.Reflect).Then(new InstanceNorm2dLayer(), $"block{i + 1}.conv2_norm")))
            .Repeat(2, (c, i) => Norm(c.ConvTranspose($"up{i + 1}", Width << (1 - i), 3, 2, 1, 1), $"up{i + 1}"))
            .Conv("out", output, 7, 1, 3, mode: PaddingMode.Reflect).Then(new TanhLayer(), "image");
    }

    private static LayerChain Norm(LayerChain chain, string name) => chain.Then(new InstanceNorm2dLayer(), $"{name}_norm").ReLU($"{name}_relu");
}
