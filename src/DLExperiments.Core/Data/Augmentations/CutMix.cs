using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Puts a rectangle of another picture into each training picture, targets by area, anew in every step (Yun et al. 2019).</summary>
[CatalogueEntry("CutMix")]
public sealed class CutMix : MixAugmentation
{
    private protected override void Check(DataColumn feature)
    {
        if (feature.ItemShape.Count != 3)
            throw new ExperimentException("TransformShapeMismatch", ErrorKind.InvalidOperation, $"CutMix wants pictures [channels,height,width], but '{feature.Name}' has {feature.ItemShape}.", feature.Name);
    }

    private protected override float Mix(AugmentationBatch batch, float share, int[] partners, RandomStream random, float[] old)
    {
        int height = batch.ItemShape[1], width = batch.ItemShape[2], size = batch.ItemShape.ElementCount;
        double side = Math.Sqrt(1 - share);
        int middleY = random.NextInt32(height), middleX = random.NextInt32(width), halfY = (int)(side * height / 2), halfX = (int)(side * width / 2);
        int top = Math.Max(0, middleY - halfY), bottom = Math.Min(height, middleY + halfY), left = Math.Max(0, middleX - halfX), right = Math.Min(width, middleX + halfX);
        for (int row = 0; row < batch.Count; row++)
            for (int c = 0; c < batch.ItemShape[0]; c++)
                for (int y = top; y < bottom; y++)
                {
                    int at = (c * height + y) * width + left;
                    old.AsSpan(partners[row] * size + at, right - left).CopyTo(batch.Values.AsSpan(row * size + at));
                }
        // The rectangle is cut at the edge, so its real area counts.
        return 1 - (float)((bottom - top) * (right - left)) / (height * width);
    }
}
