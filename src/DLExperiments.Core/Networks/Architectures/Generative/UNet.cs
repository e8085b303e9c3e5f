using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Generative;

/// <summary>
/// U-Net (Ronneberger, Fischer, Brox 2015): convolutions and pooling down, enlargement and convolutions up, and at each size the maps of the way
/// down beside those of the way up. For denoising, segmentation and translation. Height and width must be multiples of 2 to the number of poolings.
/// </summary>
[CatalogueEntry("UNet")]
public sealed class UNet : Architecture
{
    /// <summary>Channels of the output; as many as the input by default.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int? OutChannels { get; init; }

    /// <summary>Channels at each size, from the full size down.</summary>
    [MinLength(2)]
    [Range(1, int.MaxValue)]
    public int[] Widths { get; init; } = [64, 128, 256, 512, 1024];

    /// <summary>How many 3×3 convolutions each size has: 2 as published, 1 for a lighter network.</summary>
    [Range(1, int.MaxValue)]
    public int Convolutions { get; init; } = 2;

    /// <summary>Whether the convolution after the enlargement is used once more, with the same weights, after the maps are joined, in place of convolutions of their own; Widths must then double.</summary>
    public bool SharedUp { get; init; }

    /// <summary>Whether the convolution after each enlargement has an activation.</summary>
    public bool UpActivation { get; init; }

    /// <summary>How maps are enlarged; Bilinear keeps the corner points.</summary>
    public UpsampleMode UpMode { get; init; } = UpsampleMode.Bilinear;

    /// <summary>The probability of dropout at the two smallest sizes.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.5;

    /// <summary>Whether dropout takes whole channels.</summary>
    public bool ChannelDropout { get; init; }

    /// <summary>The activation of the output; none by default.</summary>
    public ActivationLayer? OutputActivation { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(3, 32, 32);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int output = OutChannels ?? chain.Shape[0], levels = Widths.Length;
        var skips = new string[levels];
        for (int level = 0; level < levels; level++)
        {
            if (level > 0) chain = chain.MaxPool($"down{level + 1}.pool", 2, 2);
            chain = Stack(chain, $"down{level + 1}", Widths[level]);
            if (level >= levels - 2) chain = ChannelDropout ? chain.Dropout2d($"down{level + 1}.dropout", Dropout) : chain.Dropout($"down{level + 1}.dropout", Dropout);
            skips[level] = chain.At;
        }
        for (int level = levels - 2; level >= 0; level--)
        {
            string name = $"up{level + 1}";
            chain = chain.Upsample($"{name}.upsample", UpMode).Conv($"{name}.up", Widths[level], 3, 1, 1).When(UpActivation, c => c.ReLU($"{name}.up_relu"));
            chain = chain.From(skips[level]).Concat($"{name}.concat", chain.At);
            chain = SharedUp ? chain.Again($"{name}.up", $"{name}.conv1").ReLU($"{name}.relu1") : Stack(chain, name, Widths[level]);
        }
        chain = chain.Conv("out", output, 3, 1, 1);
        return OutputActivation is null ? chain : chain.Then(OutputActivation, "activation");
    }

    private LayerChain Stack(LayerChain chain, string name, int width) =>
        chain.Repeat(Convolutions, (c, i) => c.Conv($"{name}.conv{i + 1}", width, 3, 1, 1).ReLU($"{name}.relu{i + 1}"));
}
