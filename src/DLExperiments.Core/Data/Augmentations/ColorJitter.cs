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
        for (int i = 0; i < item.Length; i++) item[i] = Math.Clamp(item[i] * brightness, 0, 1);
        double sum = 0;
        for (int i = 0; i < plane; i++) sum += PictureColors.Grey(item, i, plane);
        float mean = (float)(sum / plane);
        for (int i = 0; i < item.Length; i++) item[i] = Math.Clamp(mean + (item[i] - mean) * contrast, 0, 1);
        if (shape[0] != 3) return;
        for (int i = 0; i < plane; i++)
        {
            float grey = PictureColors.Grey(item, i, plane);
            for (int at = i; at < item.Length; at += plane) item[at] = Math.Clamp(grey + (item[at] - grey) * saturation, 0, 1);
        }
        if (Hue > 0) PictureColors.TurnHue(item, plane, (float)random.NextUniform(-Hue, Hue));

        float Factor(double reach) => (float)random.NextUniform(1 - reach, 1 + reach);
    }
}
