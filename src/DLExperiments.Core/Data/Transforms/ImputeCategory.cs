using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Replaces a missing category (NaN) by the most frequent one of the training part; of equally frequent ones, the first.</summary>
[CatalogueEntry("ImputeCategory")]
public sealed class ImputeCategory : Transform
{
    /// <summary>Where each category begins among the numbers of an item, from 0.</summary>
    public required int[] Starts { get; set; }

    /// <summary>How many numbers each category takes: 1 for an index, more for one-hot.</summary>
    public required int[] Widths { get; set; }

    /// <summary>What is put in, fitted: the numbers of the first category, then of the second, ...</summary>
    public double[] Values { get; set; } = [];

    /// <inheritdoc/>
    public override bool IsFitted => Values.Length > 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NothingToImpute: a category is missing in every training row.</exception>
    public override Transform Fit(FeatureReader train)
    {
        if (IsFitted) return this;
        var counts = new SortedDictionary<int, int>[Starts.Length];
        for (int c = 0; c < counts.Length; c++) counts[c] = [];
        int size = train.ItemShape.ElementCount;
        foreach (ReadOnlyMemory<float> chunk in train.ReadChunks())
        {
            for (int start = 0; start < chunk.Length; start += size)
            {
                ReadOnlySpan<float> item = chunk.Span.Slice(start, size);
                for (int c = 0; c < counts.Length; c++)
                {
                    if (float.IsNaN(item[Starts[c]])) continue;
                    int category = Widths[c] == 1 ? (int)item[Starts[c]] : item.Slice(Starts[c], Widths[c]).IndexOf(1f);
                    counts[c][category] = counts[c].GetValueOrDefault(category) + 1;
                }
            }
        }
        var values = new List<double>();
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c].Count == 0)
                throw new ExperimentException("NothingToImpute", ErrorKind.InvalidData,
                    $"The category at number {Starts[c]} of feature '{train.Name}' is missing in every training row. Leave the column out.", train.Name);
            int top = counts[c].MaxBy(pair => pair.Value).Key;
            values.AddRange(Widths[c] == 1 ? [top] : Enumerable.Range(0, Widths[c]).Select(i => i == top ? 1.0 : 0.0));
        }
        return new ImputeCategory { Starts = Starts, Widths = Widths, Values = [.. values] };
    }

    /// <inheritdoc/>
    public override void Apply(Span<float> values, Shape itemShape)
    {
        RequireFitted();
        int size = itemShape.ElementCount;
        for (int start = 0; start < values.Length; start += size)
        {
            Span<float> item = values.Slice(start, size);
            for (int c = 0, from = 0; c < Starts.Length; from += Widths[c++])
                if (float.IsNaN(item[Starts[c]]))
                    for (int j = 0; j < Widths[c]; j++) item[Starts[c] + j] = (float)Values[from + j];
        }
    }
}
