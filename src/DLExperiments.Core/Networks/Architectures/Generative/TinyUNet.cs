using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Generative;

/// <summary>
/// A small network for diffusion models (Ho and others 2020) that predicts the noise in an image: residual blocks at full size, each told the time
/// step. Inputs: <c>x</c>, the noisy image, and <c>t</c>, the time step, one number. The output has the shape of x.
/// </summary>
[CatalogueEntry("TinyUNet", "DiffusionNet")]
public sealed class TinyUNet : Architecture
{
    /// <summary>Channels of the blocks.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 32;

    /// <summary>How many blocks.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 3;

    /// <summary>How many values the time step is spread over; even, at least 4.</summary>
    [Range(4, int.MaxValue)]
    public int TimeDim { get; init; } = 128;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1, 28, 28);

    /// <inheritdoc/>
    protected override IReadOnlyList<NetworkInput> GetInputs(Shape input) => [new("x", input), new("t", new Shape())];

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        LayerChain time = chain.From("t").Then(new SinusoidalTimeEncodingLayer { Dim = TimeDim }, "time.encoding")
            .Linear("time.fc", TimeDim).Then(new GELULayer(), "time.act");
        return time.From("x").Conv("in", Width, 3, 1, 1)
            .Repeat(Depth, (c, i) => Block(c, $"block{i + 1}", time.At))
            .Conv("out", chain.Shape[0], 1);
    }

    private LayerChain Block(LayerChain chain, string name, string time) => chain.Residual($"{name}.add", c =>
    {
        LayerChain first = c.Conv($"{name}.conv1", Width, 3, 1, 1).Then(new GroupNormLayer { NumGroups = 1 }, $"{name}.norm").Then(new GELULayer(), $"{name}.act1");
        LayerChain step = first.From(time).Linear($"{name}.time", Width).Then(new ReshapeLayer { Shape = new Shape(Width, 1, 1) }, $"{name}.time_map");
        return step.From(first.At).Join(new AddLayer(), $"{name}.at_time", step.At).Conv($"{name}.conv2", Width, 3, 1, 1);
    }).Then(new GELULayer(), $"{name}.act2");
}
