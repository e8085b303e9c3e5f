using System.ComponentModel.DataAnnotations;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.ConvNeXt;

/// <summary>
/// ConvNeXt (Liu and others 2022): a residual network with a transformer's habits, that is 7×7 depthwise convolutions, layer normalisation, GELU,
/// a learnt scale on each block and stochastic depth.
/// </summary>
public abstract class ConvNeXt : ImageClassifier
{
    private const double Eps = 1e-6;

    private readonly int[] widths, depths;

    /// <summary>Sets what makes the variant.</summary>
    /// <param name="widths">Channels of each stage.</param>
    /// <param name="depths">Blocks in each stage.</param>
    /// <param name="stochasticDepth">The probability that training leaves the last block out.</param>
    protected ConvNeXt(int[] widths, int[] depths, double stochasticDepth)
    {
        (this.widths, this.depths) = (widths, depths);
        StochasticDepth = stochasticDepth;
    }

    /// <summary>The probability that training leaves the last block of a sample out; it grows from 0 at the first block.</summary>
    [Range(0.0, 1.0)]
    public double StochasticDepth { get; init; }

    /// <summary>The scale of each block's result at the start.</summary>
    [Range(0.0, double.MaxValue)]
    public double LayerScale { get; init; } = 1e-6;

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        chain = chain.Conv("features.0.0", widths[0], 4, 4, start: Start.Truncated02, biasStart: Start.Zeros).Then(new LayerNorm2dLayer { Eps = Eps }, "features.0.1");
        int block = 0, blocks = depths.Sum();
        for (int stage = 0; stage < depths.Length; stage++)
        {
            if (stage > 0)
                chain = chain.Then(new LayerNorm2dLayer { Eps = Eps }, $"features.{2 * stage}.0")
                    .Conv($"features.{2 * stage}.1", widths[stage], 2, 2, start: Start.Truncated02, biasStart: Start.Zeros);
            for (int i = 0; i < depths[stage]; i++, block++)
                chain = Block(chain, $"features.{(2 * stage) + 1}.{i}", widths[stage], StochasticDepth * block / (blocks - 1.0));
        }
        return chain.AdaptivePool("avgpool", 1).Then(new LayerNorm2dLayer { Eps = Eps }, "classifier.0").Flatten("classifier.1")
            .Linear("classifier.2", Classes, Start.Truncated02, Start.Zeros);
    }

    // Dense layers on channels that come last, as published, so that the weights have PyTorch's shapes.
    private LayerChain Block(LayerChain chain, string name, int width, double drop) => chain.Residual($"{name}.add", c => c
        .Conv($"{name}.block.0", width, 7, padding: 3, groups: width, start: Start.Truncated02, biasStart: Start.Zeros)
        .Then(new PermuteLayer { Dims = [1, 2, 0] }, $"{name}.block.1").Then(new LayerNormLayer { Eps = Eps }, $"{name}.block.2")
        .Linear($"{name}.block.3", 4 * width, Start.Truncated02, Start.Zeros).Then(new GELULayer(), $"{name}.block.4")
        .Linear($"{name}.block.5", width, Start.Truncated02, Start.Zeros).Then(new PermuteLayer { Dims = [2, 0, 1] }, $"{name}.block.6")
        .Then(new ScaleLayer { Init = LayerScale }, $"{name}.layer_scale")
        .When(drop > 0, d => d.Then(new DropPathLayer { P = drop }, $"{name}.stochastic_depth")));
}
