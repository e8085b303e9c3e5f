using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Replaces missing values (NaN), each number of the feature by a value learnt from the training part.</summary>
[CatalogueEntry("Impute")]
public sealed class Impute : Transform
{
    private float[]? fill;
    private Shape? spreadOver;

    /// <summary>What takes the place of a missing value.</summary>
    [Position(0)]
    public ImputeStrategy Strategy { get; set; }

    /// <summary>The number that <see cref="ImputeStrategy.Constant"/> puts in.</summary>
    public double Constant { get; set; }

    /// <summary>Places of the numbers to look at, from 0; none means all. The others keep their missing values.</summary>
    public int[] Only { get; set; } = [];

    /// <summary>What is put in, fitted: one for each number of an item.</summary>
    public double[] Values { get; set; } = [];

    /// <inheritdoc/>
    public override bool IsFitted => Values.Length > 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NothingToImpute: a number is missing in every training row.</exception>
    public override Transform Fit(FeatureReader train)
    {
        if (IsFitted) return this;
        ItemVector.VerifyOnly(Only, train.ItemShape, perChannel: false, "transform Impute");
        int size = train.ItemShape.ElementCount;
        double[] values = Strategy == ImputeStrategy.Constant ? [.. Enumerable.Repeat(Constant, size)] : Learn(train, size);
        ItemVector.KeepOthers(values, Only, double.NaN);
        return new Impute { Strategy = Strategy, Constant = Constant, Only = Only, Values = values };
    }

    /// <inheritdoc/>
    public override void Apply(Span<float> values, Shape itemShape)
    {
        RequireFitted();
        if (!itemShape.Equals(spreadOver))
        {
            fill = ItemVector.Spread(Values, itemShape, "transform Impute: Values");
            spreadOver = itemShape;
        }
        for (int i = 0; i < values.Length; i++)
            if (float.IsNaN(values[i])) values[i] = fill![i % fill.Length];
    }

    private double[] Learn(FeatureReader train, int size)
    {
        var present = new List<float>[size];
        for (int j = 0; j < size; j++) present[j] = [];
        var chosen = Only.Length == 0 ? null : new HashSet<int>(Only);
        foreach (ReadOnlyMemory<float> chunk in train.ReadChunks())
        {
            ReadOnlySpan<float> values = chunk.Span;
            for (int i = 0; i < values.Length; i++)
                if (!float.IsNaN(values[i]) && chosen?.Contains(i % size) != false) present[i % size].Add(values[i]);
        }
        double[] learnt = new double[size];
        for (int j = 0; j < size; j++)
        {
            if (chosen?.Contains(j) == false) continue;
            if (present[j].Count == 0)
                throw new ExperimentException("NothingToImpute", ErrorKind.InvalidData,
                    $"Number {j} of feature '{train.Name}' is missing in every training row: there is nothing to learn a {Strategy} from. Leave the column out, or impute a Constant.", train.Name);
            learnt[j] = Summarize(present[j]);
        }
        return learnt;
    }

    private double Summarize(List<float> values)
    {
        if (Strategy == ImputeStrategy.Mean) return values.Average(v => (double)v);
        if (Strategy == ImputeStrategy.MostFrequent)
            return values.GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : ((double)values[middle - 1] + values[middle]) / 2;
    }
}
