using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Synthetic;

/// <summary>
/// Handwritten-looking digits, 28 x 28 grey pixels in [0,1] of shape [1,28,28], ten classes: several ways to write each digit, bent,
/// slanted, turned, thick and thin. Stands in for MNIST where there is no network.
/// </summary>
[CatalogueEntry("Digits")]
public sealed class Digits : DatasetGenerator
{
    /// <summary>How many digits.</summary>
    public override int Count { get; set; } = 10000;

    /// <summary>How far the hand strays: 0 gives each way of writing exactly, 1 what people do, more is harder.</summary>
    [Range(0.0, 5.0)]
    public double Variation { get; set; } = 1;

    /// <summary>Standard deviation of the normal noise on every pixel, of 1 for full ink.</summary>
    [Range(0.0, 10.0)]
    public double Noise { get; set; } = 0.02;

    /// <summary>Makes each image one row of 784 numbers.</summary>
    public bool Flatten { get; set; }

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default)
    {
        const int pixels = DigitPen.Size * DigitPen.Size;
        byte[] images = new byte[checked(Count * pixels)];
        int[] codes = new int[Count];
        Parallel.For(0, Count, new ParallelOptions { CancellationToken = cancellation }, () => new DigitPen(), (row, _, pen) =>
        {
            codes[row] = row % 10;
            pen.Write(RowStream(row), codes[row], Variation, Noise, images.AsSpan(row * pixels, pixels));
            return pen;
        }, _ => { });
        Shape shape = Flatten ? new Shape(pixels) : new Shape(1, DigitPen.Size, DigitPen.Size);
        return Dataset.Create("Digits", [new ByteColumn("Image", shape, images)],
            [new ClassColumn("Digit", codes, [.. Enumerable.Range(0, 10).Select(d => d.ToString(CultureInfo.InvariantCulture))])]);
    }
}
