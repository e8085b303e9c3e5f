using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Generative;

/// <summary>The generator of a GAN (Goodfellow and others 2014, convolutional as in Radford and others 2015): noise in, an image between -1 and 1 out.</summary>
[CatalogueEntry("GanGenerator")]
public sealed class GanGenerator : Architecture
{
    /// <summary>The shape of the image; height and width multiples of 4.</summary>
    [Position(0)]
    public Shape ImageShape { get; init; } = new(1, 28, 28);

    /// <summary>Channels of the inner maps.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 128;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1024);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        if (ImageShape.Count != 3 || ImageShape[1] % 4 != 0 || ImageShape[2] % 4 != 0)
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                $"GanGenerator: ImageShape is {ImageShape}; it must be channels, height, width, the last two multiples of 4.", ImageShape);
        var maps = new Shape(Width, ImageShape[1] / 4, ImageShape[2] / 4);
        return chain.AsVector().Linear("fc", maps.ElementCount).Leaky("act0").Then(new UnflattenLayer { Sizes = maps }, "unflatten")
            .ConvTranspose("up1", Width, 4, 2, 1).Leaky("act1").ConvTranspose("up2", Width, 4, 2, 1).Leaky("act2")
            .Conv("out", ImageShape[0], 3, 1, 1).Then(new TanhLayer(), "image");
    }
}
