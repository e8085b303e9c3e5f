using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Makes one channel of red, green and blue, at once: .299 R + .587 G + .114 B (ITU-R BT.601).</summary>
[CatalogueEntry("Grayscale")]
public sealed class Grayscale : PictureStep
{
    private protected override Shape NewShape(DataColumn column) =>
        column.ItemShape is { Count: 3 } shape && shape[0] == 3 ? new Shape(1, shape[1], shape[2]) : throw WrongShape(column, "[3,height,width]");

    private protected override void Convert(ReadOnlySpan<float> from, Shape fromShape, Span<float> to, Shape toShape)
    {
        int plane = to.Length;
        for (int i = 0; i < plane; i++) to[i] = .299f * from[i] + .587f * from[plane + i] + .114f * from[2 * plane + i];
    }
}
