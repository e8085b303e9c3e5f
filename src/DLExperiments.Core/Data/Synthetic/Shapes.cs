using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Synthetic;

/// <summary>
/// Coloured pictures of circles, squares and triangles that do not overlap, for classification, segmentation and detection without any files:
/// bytes of shape [3,Size,Size], and as targets the class, a mask, boxes, or several of them.
/// </summary>
[CatalogueEntry("Shapes")]
public sealed class Shapes : DatasetGenerator
{
    /// <summary>How many pictures.</summary>
    public override int Count { get; set; } = 2000;

    /// <summary>Height and width in pixels.</summary>
    [Range(16, 1024)]
    public int Size { get; set; } = 48;

    /// <summary>What is to be found: Class, Mask, ClassMask, Box, or several of them.</summary>
    public ShapesTarget[] Target { get; set; } = [ShapesTarget.Class];

    /// <summary>The most shapes in a picture; with the target Class it is always one.</summary>
    [Range(1, 20)]
    public int MostShapes { get; set; } = 3;

    /// <summary>Standard deviation of the normal noise on every value, of 1 for full light.</summary>
    [Range(0.0, 1.0)]
    public double Noise { get; set; } = 0.05;

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default)
    {
        int plane = Size * Size, most = Target.Contains(ShapesTarget.Class) ? 1 : MostShapes;
        byte[] images = new byte[checked(Count * 3 * plane)], masks = new byte[checked(Count * plane)];
        float[] boxes = new float[checked(Count * most * BoxColumn.Numbers)];
        int[] codes = new int[Count];
        Parallel.For(0, Count, new ParallelOptions { CancellationToken = cancellation }, () => new ShapesPainter(Size), (row, _, painter) =>
        {
            codes[row] = row % ShapesPainter.Names.Length;
            RandomStream random = RowStream(row);
            int count = most == 1 ? 1 : 1 + random.NextInt32(most);
            painter.Paint(random, codes[row], count, Noise, images.AsSpan(row * 3 * plane, 3 * plane), masks.AsSpan(row * plane, plane),
                boxes.AsSpan(row * most * BoxColumn.Numbers, most * BoxColumn.Numbers));
            return painter;
        }, _ => { });
        var shape = new Shape(1, Size, Size);
        return Dataset.Create("Shapes", [new ByteColumn("Image", new Shape(3, Size, Size), images)], [.. Target.Distinct().Select(t => (DataColumn)(t switch
        {
            ShapesTarget.Class => new ClassColumn("Shape", codes, ShapesPainter.Names),
            ShapesTarget.Mask => new ByteColumn("Mask", shape, Array.ConvertAll(masks, m => Math.Min(m, (byte)1)), scale: 1),
            ShapesTarget.ClassMask => new ByteColumn("ClassMask", shape, masks, scale: 1),
            _ => new BoxColumn("Box", most, boxes, ShapesPainter.Names),
        }))]);
    }
}
