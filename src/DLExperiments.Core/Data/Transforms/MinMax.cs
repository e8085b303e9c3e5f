using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>
/// Maps the range found in the training part to a wanted range, for each number of the feature or for each channel. Later values may lie
/// outside it. A number that does not vary goes to the lower end. Missing values (NaN) do not count and stay missing.
/// </summary>
[CatalogueEntry("MinMax")]
public sealed class MinMax : ScalingTransform
{
    private float[]? offset, factor;
    private Shape? spreadOver;

    /// <summary>The lower end of the wanted range.</summary>
    public double Lower { get; set; }

    /// <summary>The upper end of the wanted range.</summary>
    public double Upper { get; set; } = 1;

    /// <summary>One range for each channel of [C,H,W] (for the whole item when it has one dimension) instead of one for each number.</summary>
    public bool PerChannel { get; set; }

    /// <summary>Places of the numbers to scale, from 0; none means all.</summary>
    public int[] Only { get; set; } = [];

    /// <summary>The smallest values: fitted, or given (one, one a channel, or one a number).</summary>
    public double[] Minimum { get; set; } = [];

    /// <summary>The largest values that go with <see cref="Minimum"/>.</summary>
    public double[] Maximum { get; set; } = [];

    /// <inheritdoc/>
    public override bool IsFitted => Minimum.Length > 0 && Maximum.Length > 0;

    /// <inheritdoc/>
    public override Transform Fit(FeatureReader train)
    {
        if (IsFitted) return this;
        ItemVector.VerifyOnly(Only, train.ItemShape, PerChannel, "transform MinMax");
        (int plane, int groups) = ItemVector.Groups(train.ItemShape, PerChannel);
        double[] minimum = new double[groups], maximum = new double[groups];
        Array.Fill(minimum, double.PositiveInfinity);
        Array.Fill(maximum, double.NegativeInfinity);
        int size = train.ItemShape.ElementCount;
        foreach (ReadOnlyMemory<float> chunk in train.ReadChunks())
        {
            ReadOnlySpan<float> values = chunk.Span;
            for (int i = 0; i < values.Length; i++)
            {
                int g = i % size / plane;
                // Comparisons with NaN are false, so missing values pass by.
                if (values[i] < minimum[g]) minimum[g] = values[i];
                if (values[i] > maximum[g]) maximum[g] = values[i];
            }
        }
        for (int g = 0; g < groups; g++)
            if (minimum[g] > maximum[g]) (minimum[g], maximum[g]) = (Lower, Upper);
        ItemVector.KeepOthers(minimum, Only, Lower);
        ItemVector.KeepOthers(maximum, Only, Upper);
        return new MinMax { Lower = Lower, Upper = Upper, PerChannel = PerChannel, Only = Only, OnTarget = OnTarget, Minimum = minimum, Maximum = maximum };
    }

    /// <inheritdoc/>
    public override void Apply(Span<float> values, Shape itemShape)
    {
        (float[] from, float[] times) = Spread(itemShape);
        float lower = (float)Lower;
        for (int start = 0; start < values.Length; start += from.Length)
        {
            Span<float> item = values.Slice(start, from.Length);
            for (int j = 0; j < item.Length; j++) item[j] = (item[j] - from[j]) * times[j] + lower;
        }
    }

    /// <inheritdoc/>
    public override bool Invert(Span<float> values, Shape itemShape)
    {
        (float[] from, float[] times) = Spread(itemShape);
        float lower = (float)Lower;
        for (int i = 0; i < values.Length; i++) values[i] = (values[i] - lower) / times[i % times.Length] + from[i % from.Length];
        return true;
    }

    private (float[] Offset, float[] Factor) Spread(Shape shape)
    {
        RequireFitted();
        if (!shape.Equals(spreadOver))
        {
            offset = ItemVector.Spread(Minimum, shape, "transform MinMax: Minimum");
            double[] ratios = [.. Minimum.Zip(Maximum, (low, high) => high > low ? (Upper - Lower) / (high - low) : 1)];
            factor = ItemVector.Spread(ratios, shape, "transform MinMax: Maximum");
            spreadOver = shape;
        }
        return (offset!, factor!);
    }
}
