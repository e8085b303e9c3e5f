using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Augmentations;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Images;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training;
using DLExperiments.Training.Prefetching;

namespace DLExperiments.Tests.Data;

/// <summary>Pictures that stay in their files give the same numbers as those in memory, wherever a training is interrupted.</summary>
public sealed class LazyPictureTests : IClassFixture<TorchFixture>, IDisposable
{
    private const int Count = 60;

    private readonly TempFolder folder = new();
    private readonly List<string> warnings = [];

    public LazyPictureTests(TorchFixture torch)
    {
        _ = torch;
        var random = new Random(5);
        for (int i = 0; i < Count; i++)
        {
            int tone = random.Next(100);
            folder.Write($"class{i % 3}/{i:00}.bmp", TempFolder.Bmp(8, 8, (x, y) => ((byte)(60 * (i % 3) + tone / 4), (byte)(20 * x), (byte)(tone + 10 * y))));
        }
    }

    private string Victim => Path.Combine(folder.Root, "class1", "31.bmp");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheyAreTheSameDataSet()
    {
        Dataset kept = Read(2L << 30), lazy = Read(0);
        Assert.IsType<ByteColumn>(kept.Features[0]);
        Assert.True(lazy.Features[0].IsLazy);
        Assert.Equal(kept.Fingerprint, lazy.Fingerprint);
        Assert.Equal(kept.Mean, lazy.Mean);
        Assert.Contains("in files", lazy.Describe());
        foreach (DataStep step in new DataStep[] { new Grayscale(), new Resize { Size = [5, 11] }, new Flatten() })
        {
            Dataset changed = step.AddTo(lazy);
            Assert.True(changed.Features[0].IsLazy);
            Assert.Equal(step.AddTo(kept).Fingerprint, changed.Fingerprint);
        }
        // One byte under the limit, one over it: 60 * 3 * 8 * 8.
        Assert.False(Read(Count * 192).Features[0].IsLazy);
        Assert.True(Read(Count * 192 - 1).Features[0].IsLazy);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void TrainingOnThemGivesTheSameBits(bool scaled, bool augmented)
    {
        Dataset Prepare(long limit)
        {
            Dataset data = new HoldOut { Ratio = [.7, .3], Seed = 2 }.Split(Read(limit));
            if (scaled) data = new Standardize { PerChannel = true }.AddTo(data);
            return augmented ? new RandAugment().AddTo(new RandomRotation().AddTo(data)) : data;
        }
        TrainingResult kept = Train(Prepare(2L << 30)), lazy = Train(Prepare(0));
        Assert.Equal(kept.History.Select(e => (e.TrainingLoss, e.ValidationLoss)), lazy.History.Select(e => (e.TrainingLoss, e.ValidationLoss)));
        Assert.True(lazy.DataWait > TimeSpan.Zero && lazy.DataWait < lazy.Duration);
    }

    [Fact]
    public void AShuffledAugmentedTrainingGoesOnInMidEpochWithTheSameBits()
    {
        Dataset Prepare() => new MixUp().AddTo(new RandomFlip().AddTo(new HoldOut { Ratio = [.7, .3], Seed = 2 }.Split(Read(0))));
        TrainingResult whole = Train(Prepare());
        // 42 rows in batches of 8 are 6 steps an epoch: 4 and 9 lie within one.
        foreach (int stop in new[] { 4, 9, 12 })
        {
            string run = Path.Combine(folder.Root, $".run{stop}");
            TrainingResult part = Train(Prepare(), o => o with { MaxSteps = stop, Checkpoint = run });
            Assert.Equal(stop, part.StepsCompleted);
            TrainingResult rest = Trainer.Resume(run, Prepare(), change: o => o with { MaxSteps = null });
            Assert.Equal(whole.History.Select(e => (e.TrainingLoss, e.ValidationLoss)), rest.History.Select(e => (e.TrainingLoss, e.ValidationLoss)));
            foreach ((WeightTensor a, WeightTensor b) in whole.Model.Weights.Tensors.Zip(rest.Model.Weights.Tensors)) Assert.Equal(a.Values, b.Values);
        }
    }

    [Fact]
    public void AFileThatIsDamagedOrGoneInMidTrainingIsNamed()
    {
        Dataset data = Read(0);
        File.WriteAllBytes(Victim, File.ReadAllBytes(Victim)[..120]);
        ExperimentException error = Assert.Throws<ExperimentException>(() => Train(data));
        Assert.Equal("CorruptImage", error.ErrorId);
        Assert.Contains("'class1/31.bmp' cannot be decoded: it ends too early", error.Message);
        File.Delete(Victim);
        error = Assert.Throws<ExperimentException>(() => Train(data));
        Assert.Equal("UnreadableImage", error.ErrorId);
        Assert.Contains("'class1/31.bmp'", error.Message);
    }

    [Fact]
    public void WhatIsNoPictureIsFoundWithoutDecodingAndSkippingLooksAtAll()
    {
        File.WriteAllText(Victim, "no picture");
        Assert.Contains("'class1/31.bmp' cannot be decoded: its bytes are no picture", Assert.Throws<ExperimentException>(() => Read(0)).Message);
        File.WriteAllBytes(Victim, TempFolder.Bmp(8, 8, (_, _) => (1, 2, 3))[..120]);
        Assert.Equal(Count, Read(0).Count);
        Dataset skipped = Read(0, CorruptPicture.Skip);
        Assert.Equal(Count - 1, skipped.Count);
        Assert.Contains(warnings, w => w.Contains("'class1/31.bmp' (it ends too early)"));
        Assert.Equal(Read(2L << 30, CorruptPicture.Skip).Fingerprint, skipped.Fingerprint);
    }

    [Fact]
    public void NoThreadIsLeftAndMemoryIsBounded()
    {
        Dataset data = Read(0);
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, Network(data), Catalogue<Loss>.Default.Create("CrossEntropy"), data.ClassNames);
        BatchPlace? Follow(BatchPlace p) => p.First + p.Count < Count ? new BatchPlace(p.First + p.Count, Math.Min(7, Count - p.First - p.Count), 0) : null;
        BatchPrefetcher prefetcher;
        using (prefetcher = new BatchPrefetcher(piece, augments: false, 0, Follow))
        {
            int[] order = new RandomStream(3, RandomPurpose.Shuffle).NextPermutation(Count);
            prefetcher.Begin(order);
            for (BatchPlace? place = new BatchPlace(0, 7, 0); place is { } at; place = Follow(at))
            {
                PrefetchedBatch batch = prefetcher.Take(at);
                byte[] direct = new byte[at.Count * 192];
                ((PixelColumn)data.Features[0]).ReadBytes(order.AsSpan(at.First, at.Count), direct);
                Assert.Equal(direct, (byte[])batch.Features[0]!);
                Assert.InRange(prefetcher.Held, 0, prefetcher.Depth);
                prefetcher.Return(batch);
            }
            // Another batch than the next one, as after going back, is made all the same.
            Assert.Equal([.. Enumerable.Range(21, 7).Select(i => order[i])], prefetcher.Take(new BatchPlace(21, 7, 0)).Rows);
            Assert.True(prefetcher.IsAlive);
        }
        Assert.False(prefetcher.IsAlive);
    }

    private Dataset Read(long limit, CorruptPicture corrupt = CorruptPicture.Refuse) =>
        new ImageFolderFormat { MemoryLimit = limit, Corrupt = corrupt }.Read(new ImportRequest(folder.Root, "pictures", new TableOptions(), warnings.Add));

    private static NetworkDefinition Network(Dataset data) =>
        NetworkDefinition.Create(data.InputShape).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 3 });

    private static TrainingResult Train(Dataset data, Func<TrainingOptions, TrainingOptions>? change = null)
    {
        var options = new TrainingOptions { Epochs = 3, BatchSize = 8, Seed = 4, Threads = 1, Engine = EngineChoice.Torch };
        return Trainer.Train(TrainingRequest.New(Network(data), data), change?.Invoke(options) ?? options);
    }
}
