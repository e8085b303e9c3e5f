using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Images;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Brings pictures [C,H,W] to another size, at once: bilinear, with anti-aliasing when they shrink.</summary>
[CatalogueEntry("Resize")]
public sealed class Resize : PictureStep
{
    private readonly ThreadLocal<(Shape From, Resampler Resampler)> last = new();

    /// <summary>Height and width, or one number for both.</summary>
    [Position(0)]
    [Range(1, 65535)]
    public required int[] Size { get; set; }

    private protected override Shape NewShape(DataColumn column)
    {
        if (Size.Length is not (1 or 2))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, "Resize: Size must be height and width, or one number for both.", Size);
        return column.ItemShape.Count == 3 ? new Shape(column.ItemShape[0], Size[0], Size[^1]) : throw WrongShape(column, "[channels,height,width]");
    }

    private protected override void Convert(ReadOnlySpan<float> from, Shape fromShape, Span<float> to, Shape toShape)
    {
        // One step may serve data sets of several sizes; within one, all pictures share the weights.
        (Shape From, Resampler Resampler) known = last.Value;
        if (!fromShape.Equals(known.From)) last.Value = known = (fromShape, new Resampler(fromShape[1], fromShape[2], toShape[1], toShape[2]));
        known.Resampler.Apply(from, to, fromShape[0]);
    }
}
