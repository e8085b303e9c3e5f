using System.Buffers;
using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Puts a border round training pictures and cuts the old size out of it at random, anew in every step.</summary>
[CatalogueEntry("RandomCrop")]
public sealed class RandomCrop : GeometricAugmentation
{
    /// <summary>The width of the border in pixels.</summary>
    [Position(0)]
    [Range(1, 65535)]
    public int Padding { get; set; } = 4;

    /// <summary>The value of the border's pixels; masks get 0.</summary>
    public double Fill { get; set; }

    private protected override void Move(Span<float> item, Shape shape, RandomStream random, bool isTarget, bool nearest)
    {
        int down = random.NextInt32(2 * Padding + 1) - Padding, right = random.NextInt32(2 * Padding + 1) - Padding;
        float[] room = ArrayPool<float>.Shared.Rent(item.Length);
        item.CopyTo(room);
        item.Fill(isTarget ? 0 : (float)Fill);
        int height = shape[1], width = shape[2], from = Math.Max(0, right), count = width - Math.Abs(right);
        for (int c = 0; c < shape[0] && count > 0; c++)
            for (int y = Math.Max(0, -down); y < height && y + down < height; y++)
                room.AsSpan((c * height + y + down) * width + from, count).CopyTo(item[((c * height + y) * width + from - right)..]);
        ArrayPool<float>.Shared.Return(room);
    }
}
