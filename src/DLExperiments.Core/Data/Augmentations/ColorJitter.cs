using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Changes brightness, contrast, saturation and hue of training pictures at random, anew in every step; values stay in [0,1].</summary>
[CatalogueEntry("ColorJitter")]
public sealed class ColorJitter : RowAugmentation
{
    /// <summary>Brightness is multiplied by a number from 1 - this to 1 + this.</summary>
    [Position(0)]
    [Range(0.0, 1.0)]
    public double Brightness { get; set; } = 0.2;

    /// <summary>The distance from the picture's mean grey is multiplied by a number from 1 - this to 1 + this.</summary>
    [Position(1)]
    [Range(0.0, 1.0)]
    public double Contrast { get; set; } = 0.2;

    /// <summary>The distance from each pixel's grey is multiplied by a number from 1 - this to 1 + this; nothing for pictures of one channel.</summary>
    [Position(2)]
    [Range(0.0, 1.0)]
    public double Saturation { get; set; } = 0.2;

    /// <summary>The colour is turned by a number from - this to this of a full circle; nothing for pictures of one channel.</summary>
    [Position(3)]
    [Range(0.0, 0.5)]
    public double Hue { get; set; }

    private protected override void Change(Span<float> item, Shape shape, RandomStream random)
    {
        float brightness = Factor(Brightness), contrast = Factor(Contrast), saturation = Factor(Saturation);
        int plane = shape[1] * shape[2];
        PictureColors.Blend(item, 0, brightness);
        PictureColors.Blend(item, PictureColors.MeanGrey(item, plane), contrast);
        if (shape[0] != 3) return;
        PictureColors.Saturate(item, plane, saturation);
        if (Hue > 0) PictureColors.TurnHue(item, plane, (float)random.NextUniform(-Hue, Hue));

        float Factor(double reach) => (float)random.NextUniform(1 - reach, 1 + reach);
    }
}
