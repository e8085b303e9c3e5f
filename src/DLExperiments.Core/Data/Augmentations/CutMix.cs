using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Puts a rectangle of another picture into each training picture, targets by area (masks and other picture targets the same rectangle), anew in every step (Yun et al. 2019).</summary>
[CatalogueEntry("CutMix")]
public sealed class CutMix : MixAugmentation
{
    internal override bool MixesPictures => false;

    private protected override void Check(DataColumn feature)
    {
        if (feature.ItemShape.Count != 3)
            throw new ExperimentException("TransformShapeMismatch", ErrorKind.InvalidOperation, $"CutMix wants pictures [channels,height,width], but '{feature.Name}' has {feature.ItemShape}.", feature.Name);
    }

    private protected override float Mix(AugmentationBatch batch, float share, int[] partners, RandomStream random, float[] old, float[] oldTargets)
    {
        int height = batch.ItemShape[1], width = batch.ItemShape[2];
        double side = Math.Sqrt(1 - share);
        int middleY = random.NextInt32(height), middleX = random.NextInt32(width), halfY = (int)(side * height / 2), halfX = (int)(side * width / 2);
        int top = Math.Max(0, middleY - halfY), bottom = Math.Min(height, middleY + halfY), left = Math.Max(0, middleX - halfX), right = Math.Min(width, middleX + halfX);
        Put(old, batch.Values, batch.ItemShape);
        if (batch.TargetPicture is { } picture) Put(oldTargets, batch.Targets, picture);
        // The rectangle is cut at the edge, so its real area counts.
        return 1 - (float)((bottom - top) * (right - left)) / (height * width);

        void Put(float[] from, float[] to, Shape shape)
        {
            int size = shape.ElementCount;
            for (int row = 0; row < batch.Count; row++)
                for (int c = 0; c < shape[0]; c++)
                    for (int y = top; y < bottom; y++)
                    {
                        int at = (c * height + y) * width + left;
                        from.AsSpan(partners[row] * size + at, right - left).CopyTo(to.AsSpan(row * size + at));
                    }
        }
    }
}
