using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Tests.Randomness;

public class RandomStreamTests
{
    private static RandomStream Open(long seed = 1, int index = 0, long epoch = 0, long step = 0) => new(seed, RandomPurpose.User, index, epoch, step);

    // kat_vectors of the Random123 distribution, philox4x32-10.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void PhiloxGivesThePublishedVectors(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal((r0, r1, r2, r3), RandomStream.Philox(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void UniformNumbersHaveTheirMoments()
    {
        RandomStream random = Open();
        const int n = 200_000;
        double[] values = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
        Assert.All(values, v => Assert.InRange(v, 0, 0.9999999999999999));
        // Five standard errors: 1/√(12n) for the mean, √(1/180n) for the variance.
        Assert.Equal(0.5, values.Average(), 5 / Math.Sqrt(12.0 * n));
        Assert.Equal(1 / 12.0, values.Average(v => (v - 0.5) * (v - 0.5)), 5 / Math.Sqrt(180.0 * n));
        // Neighbours are uncorrelated: standard error 1/√n.
        Assert.Equal(0, values.Zip(values.Skip(1)).Average(p => 12 * (p.First - 0.5) * (p.Second - 0.5)), 5 / Math.Sqrt(n));
        RandomStream single = Open(2);
        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.InRange(single.NextSingle(), 0f, 0.99999994f));
    }

    [Fact]
    public void NormalNumbersHaveTheirMoments()
    {
        RandomStream random = Open(3);
        const int n = 200_000;
        double[] values = [.. Enumerable.Range(0, n).Select(_ => random.NextNormal())];
        // Five standard errors of the first four moments: 1, 2, 15, 96 over n, roots.
        Assert.Equal(0, values.Average(), 5 / Math.Sqrt(n));
        Assert.Equal(1, values.Average(v => v * v), 5 * Math.Sqrt(2.0 / n));
        Assert.Equal(0, values.Average(v => v * v * v), 5 * Math.Sqrt(15.0 / n));
        Assert.Equal(3, values.Average(v => v * v * v * v), 5 * Math.Sqrt(96.0 / n));
        // The tail: P(|x| > 1.959964) = .05, standard error √(.05·.95/n).
        Assert.Equal(0.05, values.Count(v => Math.Abs(v) > 1.959964) / (double)n, 5 * Math.Sqrt(0.05 * 0.95 / n));
    }

    [Fact]
    public void WholeNumbersAreUniform()
    {
        RandomStream random = Open(4);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.NextInt32(7)]++;
        // Chi-square with 6 degrees of freedom: 33.1 is exceeded with probability 1e-5.
        Assert.InRange(counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000), 0, 33.1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt32(0));
    }

    [Fact]
    public void EveryOrderOfAPermutationIsAsLikely()
    {
        var counts = new Dictionary<string, int>();
        RandomStream random = Open(5);
        for (int i = 0; i < 48_000; i++)
        {
            string order = string.Join(",", random.NextPermutation(4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        // Chi-square with 23 degrees of freedom: 66 is exceeded with probability 5e-6.
        Assert.InRange(counts.Values.Sum(c => (c - 2000.0) * (c - 2000.0) / 2000), 0, 66);
        Assert.Equal(Enumerable.Range(0, 1000), random.NextPermutation(1000).Order());
    }

    [Fact]
    public void TheSameKeyGivesTheSameStreamAndAnyOtherKeyAnother()
    {
        static string Draw(RandomStream r) => string.Join(",", Enumerable.Range(0, 8).Select(_ => r.NextUInt32()));
        Assert.Equal(Draw(Open(1, 2, 3, 4)), Draw(Open(1, 2, 3, 4)));
        RandomStream[] streams =
        [
            Open(), Open(2), Open(-1), Open(1L << 40), Open(index: 1), Open(index: -1), Open(epoch: 1), Open(step: 1), Open(epoch: 1, step: 1),
            .. Enum.GetValues<RandomPurpose>().Where(p => p != RandomPurpose.User).Select(p => new RandomStream(1, p)),
        ];
        Assert.Equal(streams.Length, streams.Select(Draw).Distinct().Count());
    }

    [Fact]
    public void StreamsOfDifferentKeysAreUncorrelated()
    {
        const int n = 50_000;
        foreach (RandomStream other in new[] { Open(2), Open(index: 1), Open(epoch: 1), Open(step: 1), new RandomStream(1, RandomPurpose.Dropout) })
        {
            RandomStream first = Open();
            double sum = 0;
            for (int i = 0; i < n; i++) sum += 12 * (first.NextDouble() - 0.5) * (other.NextDouble() - 0.5);
            Assert.Equal(0, sum / n, 5 / Math.Sqrt(n)); // correlation; standard error 1/√n
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 31)]
    [InlineData(3, 32)]
    [InlineData(1, 1000)]
    [InlineData(6, 4099)]
    public void Many_numbers_at_once_are_those_that_come_one_by_one(int before, int count)
    {
        RandomStream one = new(-9, RandomPurpose.Dropout, 3, 5, 70_000), many = new(-9, RandomPurpose.Dropout, 3, 5, 70_000);
        for (int i = 0; i < before; i++) Assert.Equal(one.NextUInt32(), many.NextUInt32());
        uint[] numbers = new uint[count];
        many.Fill(numbers);
        foreach (uint number in numbers) Assert.Equal(one.NextUInt32(), number);
        Assert.Equal(one.NextUInt64(), many.NextUInt64()); // and both go on alike
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void A_dropout_mask_spends_one_number_on_each_element(double probability)
    {
        float[] mask = new float[1003];
        DropoutMask.Fill(mask, probability, new RandomStream(4, RandomPurpose.Dropout, 2, 0, 11));
        var random = new RandomStream(4, RandomPurpose.Dropout, 2, 0, 11);
        foreach (float value in mask) Assert.Equal(random.NextUInt32() / 4294967296.0 < probability ? 0 : (float)(1 / (1 - probability)), value);
    }
}
