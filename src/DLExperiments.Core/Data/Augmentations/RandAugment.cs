using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>
/// Does a few of fourteen operations to each training picture in [0,1], anew in every step, all of one magnitude: shears, shifts, rotation,
/// brightness, colour, contrast, sharpness, posterize, solarize, autocontrast, equalize or nothing (Cubuk et al. 2020).
/// </summary>
[CatalogueEntry("RandAugment")]
public sealed class RandAugment : PolicyAugmentation
{
    /// <summary>How many operations each picture gets.</summary>
    [Position(0)]
    [Range(1, 14)]
    public int Count { get; set; } = 2;

    /// <summary>How strong they are, from 0 to 30.</summary>
    [Position(1)]
    [Range(0.0, 30.0)]
    public double Strength { get; set; } = 9;

    private protected override int Operations => Count;

    private protected override double Magnitude(PictureOperation operation, RandomStream random) => operation.Usual * Strength / Steps;
}
