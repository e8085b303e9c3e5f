using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>The modules of Inception v3, with torchvision's names.</summary>
internal static class InceptionV3Blocks
{
    private static readonly ConvNormAct Standard = new("conv", "bn", "relu", Steps.Rectifier, 0.001, Start.Truncated10);

    internal static LayerChain Brick(this LayerChain chain, string name, int channels, Window kernel, Window? stride = null, Window? padding = null, Initialiser? start = null) =>
        (start is null ? Standard : Standard with { Weights = start }).Add(chain, name, channels, kernel, stride, padding);

    /// <summary>35×35 maps: 1×1, 5×5, twice 3×3, pooling.</summary>
    internal static LayerChain Module5(this LayerChain chain, string name, int pooled) => chain.Branches(name,
        c => c.Brick($"{name}.branch1x1", 64, 1),
        c => c.Brick($"{name}.branch5x5_1", 48, 1).Brick($"{name}.branch5x5_2", 64, 5, 1, 2),
        c => c.Brick($"{name}.branch3x3dbl_1", 64, 1).Brick($"{name}.branch3x3dbl_2", 96, 3, 1, 1).Brick($"{name}.branch3x3dbl_3", 96, 3, 1, 1),
        c => c.Pooled(name, pooled));

    /// <summary>35×35 to 17×17 maps.</summary>
    internal static LayerChain Reduction6(this LayerChain chain, string name) => chain.Branches(name,
        c => c.Brick($"{name}.branch3x3", 384, 3, 2),
        c => c.Brick($"{name}.branch3x3dbl_1", 64, 1).Brick($"{name}.branch3x3dbl_2", 96, 3, 1, 1).Brick($"{name}.branch3x3dbl_3", 96, 3, 2),
        c => c.MaxPool($"{name}.branch_pool", 3, 2));

    /// <summary>17×17 maps: 1×1, 7×7 in two parts, twice 7×7 in four parts, pooling.</summary>
    internal static LayerChain Module6(this LayerChain chain, string name, int width) => chain.Branches(name,
        c => c.Brick($"{name}.branch1x1", 192, 1),
        c => c.Brick($"{name}.branch7x7_1", width, 1).Wide($"{name}.branch7x7_2", width, 7).High($"{name}.branch7x7_3", 192, 7),
        c => c.Brick($"{name}.branch7x7dbl_1", width, 1).High($"{name}.branch7x7dbl_2", width, 7).Wide($"{name}.branch7x7dbl_3", width, 7)
            .High($"{name}.branch7x7dbl_4", width, 7).Wide($"{name}.branch7x7dbl_5", 192, 7),
        c => c.Pooled(name, 192));

    /// <summary>17×17 to 8×8 maps.</summary>
    internal static LayerChain Reduction7(this LayerChain chain, string name) => chain.Branches(name,
        c => c.Brick($"{name}.branch3x3_1", 192, 1).Brick($"{name}.branch3x3_2", 320, 3, 2),
        c => c.Brick($"{name}.branch7x7x3_1", 192, 1).Wide($"{name}.branch7x7x3_2", 192, 7).High($"{name}.branch7x7x3_3", 192, 7).Brick($"{name}.branch7x7x3_4", 192, 3, 2),
        c => c.MaxPool($"{name}.branch_pool", 3, 2));

    /// <summary>8×8 maps: 1×1, 3×3 and twice 3×3 that fan out into 1×3 and 3×1, pooling.</summary>
    internal static LayerChain Module7(this LayerChain chain, string name) => chain.Branches(name,
        c => c.Brick($"{name}.branch1x1", 320, 1),
        c => c.Brick($"{name}.branch3x3_1", 384, 1).Fan($"{name}.branch3x3_2", 384),
        c => c.Brick($"{name}.branch3x3dbl_1", 448, 1).Brick($"{name}.branch3x3dbl_2", 384, 3, 1, 1).Fan($"{name}.branch3x3dbl_3", 384),
        c => c.Pooled(name, 192));

    private static LayerChain Fan(this LayerChain chain, string name, int channels) =>
        chain.Branches(name, c => c.Wide($"{name}a", channels, 3), c => c.High($"{name}b", channels, 3));

    private static LayerChain Pooled(this LayerChain chain, string name, int channels) => chain.AvgPool($"{name}.avgpool", 3, 1, 1).Brick($"{name}.branch_pool", channels, 1);

    private static LayerChain Wide(this LayerChain chain, string name, int channels, int length) => chain.Brick(name, channels, (1, length), 1, (0, length / 2));

    private static LayerChain High(this LayerChain chain, string name, int channels, int length) => chain.Brick(name, channels, (length, 1), 1, (length / 2, 0));
}
