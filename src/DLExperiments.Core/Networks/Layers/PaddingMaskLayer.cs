using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Marks what only fills up short sequences: [T] of whole numbers becomes [T] of 1 where the number is PaddingIdx, else 0. Attention layers, transformer
/// layers and Mean take it as their last input and leave those steps out.
/// </summary>
[CatalogueEntry("PaddingMask")]
public sealed class PaddingMaskLayer : SingleInputLayer
{
    /// <summary>The number that fills up.</summary>
    [Position(0)]
    [Range(0, int.MaxValue)]
    public int PaddingIdx { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count == 1 ? input : throw new ShapeException($"wants a sequence of numbers [steps], got {input}.");

    /// <summary>Reads a mask: true where a step does not count.</summary>
    /// <param name="mask">What this layer gave.</param>
    internal static torch.Tensor IsPadding(torch.Tensor mask) => mask.gt(0.5);

    /// <summary>Checks that the masks among the inputs of a layer are as long as the sequences that they are for.</summary>
    /// <param name="mask">The shape of the mask.</param>
    /// <param name="sequence">The shape of the sequence [steps,features].</param>
    /// <exception cref="ShapeException">They do not fit.</exception>
    internal static void Require(Shape mask, Shape sequence)
    {
        if (mask.Count != 1 || mask[0] != sequence[0]) throw new ShapeException($"wants a padding mask [{sequence[0]}] for {sequence}, got {mask}.");
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input.eq(PaddingIdx).to(input.dtype);
}
