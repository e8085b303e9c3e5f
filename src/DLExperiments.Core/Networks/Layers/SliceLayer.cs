using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>A part of a dimension, by default of the channels: [8,H,W] with Start 4 and Length 4 gives its last four maps.</summary>
[CatalogueEntry("Slice")]
public sealed class SliceLayer : SingleInputLayer
{
    /// <summary>The first place, from 0, or from the end with negative numbers.</summary>
    [Position(0)]
    public int Start { get; init; }

    /// <summary>How many places; by default all up to the end.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public int? Length { get; init; }

    /// <summary>The dimension, counted in the sample (without the batch) from 0, or from the end with negative numbers.</summary>
    public int Dim { get; init; }

    /// <summary>Whether the dimension goes when one place is left: [T,F] then gives [F].</summary>
    public bool Squeeze { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        (int dim, int start, int length) = Part(input);
        if (start < 0 || length < 1 || start + length > input[dim])
            throw new ShapeException($"wants places {start} to {start + length - 1} of dimension {Dim}, which {input} does not have.");
        return Squeeze && length == 1 ? new([.. input.Sizes.RemoveAt(dim)]) : new([.. input.Sizes.SetItem(dim, length)]);
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        (int dim, int start, int length) = Part(new Shape([.. input.shape.Skip(1).Select(s => (int)s)]));
        torch.Tensor part = input.narrow(dim + 1, start, length);
        return Squeeze && length == 1 ? part.squeeze(dim + 1) : part;
    }

    private (int Dim, int Start, int Length) Part(Shape input)
    {
        int dim = input.Dimension(Dim), start = Start < 0 ? Start + input[dim] : Start;
        return (dim, start, Length ?? input[dim] - start);
    }
}
