using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>
/// Does one of fourteen operations (those of RandAugment) to each training picture in [0,1], anew in every step, of a magnitude that is drawn
/// too, from a wide range (Mueller and Hutter 2021). It has nothing to tune.
/// </summary>
[CatalogueEntry("TrivialAugment", "TrivialAugmentWide")]
public sealed class TrivialAugment : PolicyAugmentation
{
    private protected override int Operations => 1;

    private protected override double Magnitude(PictureOperation operation, RandomStream random) => operation.Wide * random.NextInt32(Steps + 1) / Steps;
}
