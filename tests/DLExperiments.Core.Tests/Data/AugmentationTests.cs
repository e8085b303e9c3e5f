using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Augmentations;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Synthetic;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;

namespace DLExperiments.Tests.Data;

public sealed class AugmentationTests : IClassFixture<TorchFixture>
{
    private static readonly float[] Square = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void TurningByRightAnglesMovesWholePixels()
    {
        Assert.Equal([3f, 6, 9, 2, 5, 8, 1, 4, 7], Apply(new RandomRotation { Degrees = [90, 90] }));
        Assert.Equal([9f, 8, 7, 6, 5, 4, 3, 2, 1], Apply(new RandomRotation { Degrees = [180, 180] }));
        Assert.Equal(Square, Apply(new RandomRotation { Degrees = [0] }));
        Assert.Equal(Square, Apply(new RandomScale { Factor = [1, 1] }));
    }

    [Fact]
    public void FlipsScalesAndShearsAreTheirFormulas()
    {
        Assert.Equal([3f, 2, 1, 6, 5, 4, 9, 8, 7], Apply(new RandomFlip { Probability = 1 }));
        Assert.Equal([7f, 8, 9, 4, 5, 6, 1, 2, 3], Apply(new RandomFlip { Probability = 1, Vertical = true }));
        Assert.Equal(Square, Apply(new RandomFlip { Probability = 0 }));
        // Twice as large about the middle: the corners come from half way between the old corner and the middle, (1+2+4+5)/4.
        Assert.Equal([3f, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7], Apply(new RandomScale { Factor = [2, 2] }));
        // By 45 degrees each row moves by its distance from the middle one.
        Assert.Equal([0f, 1, 2, 4, 5, 6, 8, 9, 0], Apply(new RandomShear { Degrees = [45, 45] }));
    }

    [Fact]
    public void ShiftsAndCropsMoveTheWholePicture()
    {
        foreach (Augmentation augmentation in new Augmentation[] { new RandomTranslation { Fraction = [.34] }, new RandomCrop { Padding = 1 } })
        {
            var seen = new HashSet<(int, int)>();
            for (int step = 0; step < 200; step++)
            {
                float[] moved = Apply(augmentation, step: step);
                int at = Array.IndexOf(moved, 5f);
                (int dy, int dx) = (at / 3 - 1, at % 3 - 1);
                seen.Add((dy, dx));
                for (int y = 0; y < 3; y++)
                    for (int x = 0; x < 3; x++)
                        Assert.Equal((uint)(y - dy) < 3 && (uint)(x - dx) < 3 ? Square[(y - dy) * 3 + x - dx] : 0, moved[y * 3 + x]);
            }
            // Nine equally (crop) or not too unequally likely places: none stays unseen in 200 draws but with probability 1e-5.
            Assert.Equal(9, seen.Count);
        }
    }

    [Fact]
    public void NoiseHasItsDeviationAndIsNewInEachStepAndRow()
    {
        float[] noise = Apply(new GaussianNoise { Deviation = .5 }, new float[10_000]), next = Apply(new GaussianNoise { Deviation = .5 }, new float[10_000], step: 1);
        // The deviation of the mean is .005, of the deviation .0035: four of each.
        Assert.Equal(0, noise.Average(), .02);
        Assert.Equal(.5, Math.Sqrt(noise.Average(v => v * v)), .015);
        Assert.NotEqual(noise, next);
        Assert.Equal(noise, Apply(new GaussianNoise { Deviation = .5 }, new float[10_000]));
        var batch = new AugmentationBatch(new float[20], new Shape(10), 2, [], 0, 1, 0, 0);
        new GaussianNoise().Apply(batch);
        Assert.NotEqual(batch.Values[..10], batch.Values[10..]);
    }

    [Fact]
    public void ErasingBlotsOutARectangleOfTheWantedArea()
    {
        for (int step = 0; step < 50; step++)
        {
            var batch = new AugmentationBatch([.. Enumerable.Repeat(1f, 3 * 400)], new Shape(3, 20, 20), 1, [], 0, 7, step, 0);
            new RandomErasing { Probability = 1, Area = [.1, .2] }.Apply(batch);
            int[] gone = [.. Enumerable.Range(0, 400).Where(i => batch.Values[i] == 0)];
            int height = gone.Max(i => i / 20) - gone.Min(i => i / 20) + 1, width = gone.Max(i => i % 20) - gone.Min(i => i % 20) + 1;
            Assert.Equal(height * width, gone.Length);
            // Sides are rounded to whole pixels, which changes the area by up to half of each side.
            Assert.InRange(gone.Length, 40 - (height + width) / 2.0, 80 + (height + width) / 2.0);
            Assert.Equal(batch.Values[..400], batch.Values[800..]);
        }
    }

    [Fact]
    public void ColoursStayInRangeAndNothingIsDoneByZero()
    {
        float[] colours = [.1f, .9f, .5f, .3f, .2f, .8f];
        var shape = new Shape(3, 1, 2);
        Assert.Equal(colours, Apply(new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0 }, colours, shape: shape), (a, b) => Math.Abs(a - b) < 1e-6);
        for (int step = 0; step < 50; step++)
            Assert.All(Apply(new ColorJitter { Brightness = 1, Contrast = 1, Saturation = 1 }, colours, step, shape), v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void MixUpMixesRowsAndTargetsAlike()
    {
        for (int step = 0; step < 20; step++)
        {
            // Row r holds r + 1 everywhere and is class r: the values of a mixed row follow from its targets.
            var batch = new AugmentationBatch([1, 1, 2, 2, 3, 3], new Shape(2), 3, [1, 0, 0, 0, 1, 0, 0, 0, 1], 3, 5, step, 0);
            new MixUp { Alpha = .4 }.Apply(batch);
            for (int r = 0; r < 3; r++)
            {
                float[] target = batch.Targets[(3 * r)..(3 * r + 3)];
                Assert.Equal(1, target.Sum(), 1e-5);
                Assert.Equal(target[0] + 2 * target[1] + 3 * target[2], batch.Values[2 * r], 1e-5);
            }
        }
    }

    [Fact]
    public void CutMixCountsTheAreaThatItPutIn()
    {
        for (int step = 0; step < 20; step++)
        {
            var batch = new AugmentationBatch([.. Enumerable.Repeat(0f, 64), .. Enumerable.Repeat(1f, 64)], new Shape(1, 8, 8), 2, [1, 0, 0, 1], 2, 5, step, 0);
            new CutMix().Apply(batch);
            for (int r = 0; r < 2; r++) Assert.Equal(batch.Targets[2 * r + 1], batch.Values[(64 * r)..(64 * r + 64)].Average(), 1e-5);
        }
    }

    [Fact]
    public void MasksMoveWithTheirPicturesAndKeepTheirClasses()
    {
        var shape = new Shape(1, 12, 12);
        Augmentation[] moving = [new RandomRotation { Degrees = [40] }, new RandomScale(), new RandomShear { Vertical = [8] }, new RandomTranslation(), new RandomFlip(), new RandomCrop(), new RandAugment { Strength = 20 }, new TrivialAugment()];
        foreach (Augmentation augmentation in moving)
            for (int step = 0; step < 20; step++)
            {
                // The picture is its own mask, a square of ones: where the mask is 1 the picture was more than half covered, and only there.
                float[] picture = [.. Enumerable.Range(0, 288).Select(i => i % 144 / 12 is >= 3 and < 9 && i % 12 is >= 4 and < 10 ? 1f : 0)], mask = [.. picture];
                augmentation.Apply(new AugmentationBatch(picture, shape, 2, mask, 144, 3, step, 0) { TargetPicture = shape, TargetIsMask = true });
                Assert.All(mask, v => Assert.True(v is 0 or 1));
                if (augmentation is PolicyAugmentation) continue; // changes brightness too
                int agree = Enumerable.Range(0, 288).Count(i => picture[i] > .5f == (mask[i] == 1));
                // The nearest pixel and the bilinear mean differ on the edge alone, which has 20 of the 144 pixels.
                Assert.True(agree >= 288 - 24, $"{augmentation.GetType().Name}: {agree}");
                Assert.NotEqual(0, mask.Sum());
            }
        // What is no mask is moved like the picture itself, to the bit.
        float[] noisy = [.. Enumerable.Range(0, 144).Select(i => i / 144f)], clean = [.. noisy];
        new RandomRotation { Degrees = [30] }.Apply(new AugmentationBatch(noisy, shape, 1, clean, 144, 3, 0, 0) { TargetPicture = shape });
        Assert.Equal(noisy, clean);
    }

    [Fact]
    public void ASegmentationSetIsTrainedOnWithItsMasksMoved()
    {
        Dataset data = new RandomFlip { Probability = 1 }.AddTo(new Shapes { Count = 6, Size = 16, Target = [ShapesTarget.Mask], Seed = 1 }.Generate());
        NetworkDefinition network = NetworkDefinition.Create(data.InputShape).Add(new Conv2dLayer { OutChannels = 1, KernelSize = [1] });
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, network, Catalogue<Loss>.Default.Create("BCEWithLogits"), null);
        int[] rows = [4, 1];
        float[] values = new float[2 * 768], stored = new float[2 * 768], masks = new float[2 * 256];
        data.ReadFeature(0, rows, values);
        data.ReadFeature(0, rows, stored);
        data.ReadTarget(0, rows, masks);
        float[] targets = piece.Augment(rows, values, seed: 3, step: 7);
        Assert.Equal([.. Enumerable.Range(0, 512).Select(i => masks[i / 16 * 16 + 15 - i % 16])], targets);
        Assert.Equal([.. Enumerable.Range(0, 1536).Select(i => stored[i / 16 * 16 + 15 - i % 16])], values);
        // Mixing makes numbers between 0 and 1 of masks, cutting does not.
        Assert.True(PreparedPiece.Create(new MixUp().AddTo(data), Preprocessing.None, network, Catalogue<Loss>.Default.Create("BCEWithLogits"), null).MixesTargets);
        Assert.False(PreparedPiece.Create(new CutMix().AddTo(data), Preprocessing.None, network, Catalogue<Loss>.Default.Create("BCEWithLogits"), null).MixesTargets);
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, new CutMix().AddTo(data)), new TrainingOptions { Epochs = 2, BatchSize = 2, Seed = 1, Loss = Catalogue<Loss>.Default.Create("BCEWithLogits") });
        Assert.True(double.IsFinite(run.FinalTrainingLoss!.Value));
    }

    [Fact]
    public void CutMixPutsTheSameRectangleIntoMasks()
    {
        var shape = new Shape(1, 8, 8);
        for (int step = 0; step < 20; step++)
        {
            float[] picture = [.. Enumerable.Repeat(0f, 64), .. Enumerable.Repeat(1f, 64)], mask = [.. picture];
            new CutMix().Apply(new AugmentationBatch(picture, shape, 2, mask, 64, 5, step, 0) { TargetPicture = shape, TargetIsMask = true });
            Assert.Equal(picture, mask);
        }
    }

    [Fact]
    public void OperationsOfThePoliciesAreTheirFormulas()
    {
        var shape = new Shape(1, 2, 2);
        float[] Do(string name, double magnitude, params float[] values)
        {
            PictureOperation operation = PictureOperation.All.Single(o => o.Name == name);
            operation.Change!(values, shape, magnitude);
            return values;
        }
        void Same(float[] expected, float[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-5);
        Same([.1f, .2f, .3f, .5f], Do("Brightness", -.5, .2f, .4f, .6f, 1));
        // About the mean .5.
        Same([.4f, .5f, .5f, .6f], Do("Contrast", -.5, .3f, .5f, .5f, .7f));
        // 200 = 11001000b keeps 1100 of it.
        Same([192 / 255f, 0, 64 / 255f, 240 / 255f], Do("Posterize", 4, 200 / 255f, 15 / 255f, 64 / 255f, 1));
        Same([.2f, .3f, .1f, .5f], Do("Solarize", .3, .2f, .7f, .9f, .5f));
        Same([0, .5f, 1, .25f], Do("AutoContrast", 0, .2f, .4f, .6f, .3f));
        Same([.7f, .7f, .7f, .7f], Do("AutoContrast", 0, .7f, .7f, .7f, .7f));
        // Fewer pixels than levels leave nothing to spread (Pillow gives the picture back).
        Same([.1f, .2f, .3f, .4f], Do("Equalize", 0, .1f, .2f, .3f, .4f));
        Assert.Equal(14, PictureOperation.All.Length);
        float[] dot = [0, 0, 0, 0, 1, 0, 0, 0, 0];
        // Pillow's SMOOTH of the middle is 5/13; twice the picture less that.
        PictureOperation.All.Single(o => o.Name == "Sharpness").Change!(dot, new Shape(1, 3, 3), -1);
        Assert.Equal(5 / 13f, dot[4], 1e-6);
    }

    [Fact]
    public void HueTurnsColoursAndLeavesGreyAlone()
    {
        // A third of the circle makes red green, green blue, and blue red.
        float[] colours = [1, 0, 0, .4f, 0, 1, 0, .4f, 0, 0, 1, .4f];
        PictureColors.TurnHue(colours, 4, 1 / 3f);
        Assert.Equal([0, 0, 1, .4f, 1, 0, 0, .4f, 0, 1, 0, .4f], colours, (a, b) => Math.Abs(a - b) < 1e-5);
        // Half of it turns orange (1, .5, 0) to azure (0, .5, 1).
        float[] orange = [1, .5f, 0];
        PictureColors.TurnHue(orange, 1, .5f);
        Assert.Equal([0, .5f, 1], orange, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void TheBetaDistributionHasItsMoments()
    {
        // Beta(a,a): mean 1/2, variance 1/(4(2a+1)); the share of row 0 that stays is the number drawn when its partner is the other row.
        const double alpha = .5;
        var shares = new List<double>();
        for (int step = 0; step < 8000; step++)
        {
            var batch = new AugmentationBatch([0, 1], new Shape(1), 2, [1, 0, 0, 1], 2, 3, step, 0);
            new MixUp { Alpha = alpha }.Apply(batch);
            if (batch.Targets[1] > 0) shares.Add(batch.Targets[0]);
        }
        // About 4,000 draws of deviation .35: the mean deviates by .0056, the variance by about .0015; four of each.
        Assert.Equal(.5, shares.Average(), .023);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), shares.Average(s => (s - .5) * (s - .5)), .006);
    }

    [Fact]
    public void TrainingIsRepeatedToTheBitAndValidationIsLeftAlone()
    {
        Dataset data = new HoldOut { Ratio = [.8, .2], Seed = 1 }.Split(new Digits { Count = 120, Seed = 3 }.Generate(default));
        Dataset augmented = new RandomRotation().AddTo(new GaussianNoise { Deviation = .2 }.AddTo(data));
        Assert.Single(new[] { augmented.Validation, augmented.Test }.Distinct());
        Assert.Equal(data.Test!.Fingerprint, augmented.Test!.Fingerprint);
        NetworkDefinition network = NetworkDefinition.Create(new Shape(784)).Add(new LinearLayer { OutFeatures = 10 });
        TrainingResult Run(Dataset set, int epochs = 3) => Trainer.Train(TrainingRequest.New(network, set), new TrainingOptions { Epochs = epochs, Seed = 5, Threads = 1 });
        TrainingResult one = Run(augmented), two = Run(augmented), plain = Run(data);
        Assert.Equal(one.History.Select(e => e.TrainingLoss), two.History.Select(e => e.TrainingLoss));
        Assert.Equal(one.History[^1].ValidationLoss, two.History[^1].ValidationLoss);
        Assert.NotEqual(one.History[0].TrainingLoss, plain.History[0].TrainingLoss);
        // What a longer run does in its first epochs is what the shorter one did.
        Assert.Equal(one.History.Select(e => e.TrainingLoss).Take(2), Run(augmented, 2).History.Select(e => e.TrainingLoss));
        // Without a change nothing changes but the last bit, since the batch lies elsewhere in memory and is summed in another order.
        Assert.Equal(plain.History.Select(e => e.ValidationLoss!.Value), Run(new RandomFlip { Probability = 0 }.AddTo(data)).History.Select(e => e.ValidationLoss!.Value), (a, b) => Math.Abs(a - b) < 1e-5);
        TrainingResult mixed = Run(new MixUp().AddTo(data));
        Assert.True(mixed.History[^1].TrainingLoss < mixed.History[0].TrainingLoss);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Dataset table = Dataset.Create("t", [new FloatColumn("x", new Shape(4), new float[8])], []);
        Assert.Equal("TransformShapeMismatch", Assert.Throws<ExperimentException>(() => new RandomFlip().AddTo(table)).ErrorId);
        Assert.Equal("TransformShapeMismatch", Assert.Throws<ExperimentException>(() => new CutMix().AddTo(table)).ErrorId);
        Dataset picture = Dataset.Create("p", [new FloatColumn("x", new Shape(1, 2, 2), new float[8])], []);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => new RandomRotation { Degrees = [1, 2, 3] }.AddTo(picture)).ErrorId);
        Dataset boxes = Dataset.Create("b", [picture.Features[0]], [new BoxColumn("Box", 1, new float[10], ["a"])]);
        Assert.Equal("BoxesStay", Assert.Throws<ExperimentException>(() => new RandomFlip().AddTo(boxes)).ErrorId);
        Assert.Single(new GaussianNoise().AddTo(boxes).Augmentations);
        Assert.Equal("InvalidParameterValue", Assert.Throws<ExperimentException>(() => new RandomScale { Factor = [0, 1] }.AddTo(picture)).ErrorId);
    }

    private static float[] Apply(Augmentation augmentation, float[]? values = null, long step = 0, Shape? shape = null)
    {
        values = [.. values ?? Square];
        augmentation.Apply(new AugmentationBatch(values, shape ?? (values.Length == 9 ? new Shape(1, 3, 3) : new Shape(values.Length)), 1, [], 0, 1, step, 0));
        return values;
    }
}
