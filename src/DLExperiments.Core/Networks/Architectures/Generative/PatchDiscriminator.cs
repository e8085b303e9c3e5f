using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Generative;

/// <summary>
/// The 70×70 PatchGAN discriminator of pix2pix and CycleGAN (Isola and others 2016): a map of scores, each for a patch of the image. With
/// ConditionChannels it has a second input, <c>condition</c>.
/// </summary>
[CatalogueEntry("PatchDiscriminator", "CycleGanDiscriminator")]
public sealed class PatchDiscriminator : Architecture
{
    /// <summary>Channels of the condition; 0 for a single input, as in CycleGAN.</summary>
    [Position(0)]
    [Range(0, int.MaxValue)]
    public int ConditionChannels { get; init; }

    /// <summary>Channels of the first convolution; the next have twice, four times and eight times as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 256, 256);

    /// <inheritdoc/>
    protected override IReadOnlyList<NetworkInput> GetInputs(Shape input) => ConditionChannels == 0 ? base.GetInputs(input) : Conditions.Pair(input, ConditionChannels);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .When(ConditionChannels > 0, c => c.Concat("pair", "condition"))
        .Conv("conv1", Width, 4, 2, 1).Leaky("act1")
        .Repeat(3, (c, i) => c.Conv($"conv{i + 2}", Width << (i + 1), 4, i < 2 ? 2 : 1, 1).Then(new InstanceNorm2dLayer(), $"norm{i + 2}").Leaky($"act{i + 2}"))
        .Conv("scores", 1, 4, 1, 1);
}
