using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Adds to a share of each training row the rest of another one's, targets alike, anew in every step (Zhang et al. 2018).</summary>
[CatalogueEntry("MixUp")]
public sealed class MixUp : MixAugmentation
{
    private protected override float Mix(AugmentationBatch batch, float share, int[] partners, RandomStream random, float[] old, float[] oldTargets)
    {
        int size = batch.ItemShape.ElementCount;
        for (int i = 0; i < batch.Count * size; i++) batch.Values[i] = share * old[i] + (1 - share) * old[partners[i / size] * size + i % size];
        return share;
    }
}
