using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Adds normal noise to training rows, anew in every step.</summary>
[CatalogueEntry("GaussianNoise")]
public sealed class GaussianNoise : RowAugmentation
{
    /// <summary>The standard deviation, in the units of the values: pixels lie in [0,1].</summary>
    [Position(0)]
    [Range(0.0, double.MaxValue)]
    public double Deviation { get; set; } = 0.1;

    /// <summary>Moves values that leave [0,1] to its ends.</summary>
    public bool Clamp { get; set; }

    private protected override bool NeedsPicture => false;

    private protected override void Change(Span<float> item, Shape shape, RandomStream random)
    {
        for (int i = 0; i < item.Length; i++)
        {
            float value = item[i] + (float)(Deviation * random.NextNormal());
            item[i] = Clamp ? Math.Clamp(value, 0, 1) : value;
        }
    }
}
