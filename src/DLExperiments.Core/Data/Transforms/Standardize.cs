using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>
/// Subtracts the mean and divides by the population standard deviation, for each number of the feature or for each channel.
/// A number that does not vary is only shifted. Missing values (NaN) do not count and stay missing.
/// </summary>
[CatalogueEntry("Standardize", "Standardise")]
public sealed class Standardize : ScalingTransform
{
    private float[]? shift, scale;
    private Shape? spreadOver;

    /// <summary>One mean and deviation for each channel of [C,H,W] (for the whole item when it has one dimension) instead of one for each number.</summary>
    public bool PerChannel { get; set; }

    /// <summary>Places of the numbers to standardize, from 0; none means all.</summary>
    public int[] Only { get; set; } = [];

    /// <summary>The means: fitted, or given (one, one a channel, or one a number) to use known statistics.</summary>
    public double[] Mean { get; set; } = [];

    /// <summary>The standard deviations that go with <see cref="Mean"/>; positive.</summary>
    public double[] Deviation { get; set; } = [];

    /// <inheritdoc/>
    public override bool IsFitted => Mean.Length > 0 && Deviation.Length > 0;

    /// <inheritdoc/>
    public override Transform Fit(FeatureReader train)
    {
        if (IsFitted) return this;
        ItemVector.VerifyOnly(Only, train.ItemShape, PerChannel, "transform Standardize");
        (int plane, int groups) = ItemVector.Groups(train.ItemShape, PerChannel);
        double[] mean = new double[groups], squares = new double[groups];
        long[] count = new long[groups];
        int size = train.ItemShape.ElementCount;
        foreach (ReadOnlyMemory<float> chunk in train.ReadChunks())
        {
            ReadOnlySpan<float> values = chunk.Span;
            for (int start = 0; start < values.Length; start += size)
            {
                for (int j = 0; j < size; j++)
                {
                    float value = values[start + j];
                    if (float.IsNaN(value)) continue;
                    // Welford 1962: stable however far the mean lies from zero.
                    int g = j / plane;
                    double delta = value - mean[g];
                    mean[g] += delta / ++count[g];
                    squares[g] += delta * (value - mean[g]);
                }
            }
        }
        double[] deviation = new double[groups];
        for (int g = 0; g < groups; g++)
        {
            deviation[g] = count[g] == 0 ? 1 : Math.Sqrt(squares[g] / count[g]);
            // Rounding alone must not blow a constant up: below 1e-12 of the mean it counts as constant.
            if (deviation[g] <= 1e-12 * Math.Abs(mean[g])) deviation[g] = 1;
        }
        ItemVector.KeepOthers(mean, Only, 0);
        ItemVector.KeepOthers(deviation, Only, 1);
        return new Standardize { PerChannel = PerChannel, Only = Only, OnTarget = OnTarget, Mean = mean, Deviation = deviation };
    }

    /// <inheritdoc/>
    public override void Apply(Span<float> values, Shape itemShape)
    {
        (float[] m, float[] d) = Spread(itemShape);
        for (int start = 0; start < values.Length; start += m.Length)
        {
            Span<float> item = values.Slice(start, m.Length);
            for (int j = 0; j < item.Length; j++) item[j] = (item[j] - m[j]) / d[j];
        }
    }

    /// <inheritdoc/>
    public override bool Invert(Span<float> values, Shape itemShape)
    {
        (float[] m, float[] d) = Spread(itemShape);
        for (int i = 0; i < values.Length; i++) values[i] = values[i] * d[i % d.Length] + m[i % m.Length];
        return true;
    }

    private (float[] Mean, float[] Deviation) Spread(Shape shape)
    {
        RequireFitted();
        if (!shape.Equals(spreadOver))
        {
            shift = ItemVector.Spread(Mean, shape, "transform Standardize: Mean");
            scale = ItemVector.Spread(Deviation, shape, "transform Standardize: Deviation");
            spreadOver = shape;
        }
        return (shift!, scale!);
    }
}
