namespace DLExperiments.Training;

/// <summary>Weighted sums of the measures of an objective (its loss first), so that the means over an epoch are exact whatever the batches.</summary>
public sealed class MeasureTotals
{
    private readonly double[] sums, weights;

    /// <summary>Starts at zero.</summary>
    /// <param name="names">The measures' names, as <see cref="Objectives.Objective.Measures"/> gives them.</param>
    public MeasureTotals(IReadOnlyList<string> names)
    {
        Names = names;
        sums = new double[names.Count];
        weights = new double[names.Count];
    }

    /// <summary>The measures' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The metrics that want the outputs themselves; null when none do.</summary>
    internal EpochMetrics? Metrics { get; init; }

    /// <summary>Adds a batch's outputs to the metrics that were asked for.</summary>
    /// <param name="outputs">Raw outputs of the rows, row-major.</param>
    /// <param name="targets">Their targets as the loss wants them, row-major.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="set">The place of these targets among those that the objective asked for.</param>
    public void AddOutputs(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int rows, int set = 0) => Metrics?.Add(outputs, targets, rows, set);

    /// <summary>Whether someone wants <see cref="AddOutputs"/>.</summary>
    public bool WantsOutputs => Metrics is not null;

    /// <summary>Adds a batch.</summary>
    /// <param name="measure">The measure's place.</param>
    /// <param name="sum">The sum over the batch (mean times weight).</param>
    /// <param name="weight">The batch's weight: its rows, decisions or summed sample weights.</param>
    public void Add(int measure, double sum, double weight)
    {
        sums[measure] += sum;
        weights[measure] += weight;
    }

    /// <summary>The mean of a measure so far; null when nothing was added or the objective has no such measure.</summary>
    /// <param name="measure">The measure's name.</param>
    public double? Mean(string measure)
    {
        for (int i = 0; i < sums.Length; i++)
            if (Names[i] == measure && weights[i] > 0) return sums[i] / weights[i];
        return null;
    }

    /// <summary>Copies of the sums and their weights, to go on with later.</summary>
    internal (double[] Sums, double[] Weights) Export() => ([.. sums], [.. weights]);

    /// <summary>Goes on with what <see cref="Export"/> gave.</summary>
    internal void Import(double[] sums, double[] weights)
    {
        sums.CopyTo(this.sums, 0);
        weights.CopyTo(this.weights, 0);
    }

    /// <summary>Sets all sums to zero.</summary>
    public void Clear()
    {
        Array.Clear(sums);
        Array.Clear(weights);
        Metrics?.Clear();
    }
}
