using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Blocks that split the channels, work on one part and keep every result.</summary>
internal static class SplitBlocks
{
    private static readonly ConvNormAct Brick = new("conv", "bn", "act", new SiLULayer(), 1e-3);

    internal static LayerChain SiluBrick(this LayerChain chain, string name, int channels, int kernel, int stride = 1) =>
        Brick.Add(chain, name, channels, kernel, stride, kernel / 2);

    /// <summary>
    /// 1×1 convolution, two halves; each of the residual pairs of 3×3 convolutions takes the last result; all parts side by side pass a last 1×1.
    /// </summary>
    internal static LayerChain SplitBlock(this LayerChain chain, string name, int channels, int depth)
    {
        int half = channels / 2;
        LayerChain whole = chain.SiluBrick($"{name}.cv1", 2 * half, 1);
        chain = whole.Then(new SliceLayer { Length = half }, $"{name}.first");
        var parts = new List<string> { chain.At };
        chain = chain.From(whole.At).Then(new SliceLayer { Start = half, Length = half }, $"{name}.second");
        parts.Add(chain.At);
        for (int i = 0; i < depth; i++)
        {
            string pair = $"{name}.m.{i}";
            chain = chain.Residual($"{pair}.add", c => c.SiluBrick($"{pair}.cv1", half, 3).SiluBrick($"{pair}.cv2", half, 3));
            parts.Add(chain.At);
        }
        return chain.From(parts[0]).Concat($"{name}.concat", [.. parts.Skip(1)]).SiluBrick($"{name}.cv2", channels, 1);
    }
}
