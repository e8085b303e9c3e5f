using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Puts a border round training pictures and cuts the old size out of it at random, anew in every step.</summary>
[CatalogueEntry("RandomCrop")]
public sealed class RandomCrop : RowAugmentation
{
    /// <summary>The width of the border in pixels.</summary>
    [Position(0)]
    [Range(1, 65535)]
    public int Padding { get; set; } = 4;

    /// <summary>The value of the border's pixels.</summary>
    public double Fill { get; set; }

    private protected override void Change(Span<float> item, Shape shape, RandomStream random)
    {
        int down = random.NextInt32(2 * Padding + 1) - Padding, right = random.NextInt32(2 * Padding + 1) - Padding;
        float[] old = item.ToArray();
        int height = shape[1], width = shape[2];
        for (int i = 0; i < item.Length; i++)
        {
            int x = i % width + right, y = i / width % height + down;
            item[i] = (uint)x < (uint)width && (uint)y < (uint)height ? old[i + down * width + right] : (float)Fill;
        }
    }
}
