namespace DLExperiments.Training;

/// <summary>What one epoch gave: a row of the learning curve. Nothing is rounded.</summary>
public sealed record EpochResult
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The mean training loss over the epoch's samples, each with the weights that the network had when it saw them.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The share of correct training predictions, 0 to 1, likewise; null for regression.</summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>The mean validation loss at the end of the epoch, in evaluation mode; null without validation data.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The share of correct validation predictions at the end of the epoch, 0 to 1; null without, and for regression.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The mean penalty of the regularisers over the epoch's steps; it is not in the losses. Null without regularisers.</summary>
    public double? Penalty { get; init; }

    /// <summary>The mean 2-norm of the gradients over the epoch's steps, penalties included, before clipping; null unless asked for.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>The 2-norm of all weights and biases at the end of the epoch; null unless asked for.</summary>
    public double? WeightNorm { get; init; }

    /// <summary>
    /// The share of ReLU units (channels, for images) that give 0 for every validation row (training row without validation data) at the end of the epoch, 0 to 1: they
    /// learn no more. Null unless asked for.
    /// </summary>
    public double? DeadUnits { get; init; }

    /// <summary>What the epoch showed of each layer, in the order of the network; null unless asked for.</summary>
    public LayerResult[]? Layers { get; init; }

    /// <summary>
    /// What else the objective measures, by column: <c>TrainingLoss_age</c>, <c>ValidationAccuracy_sex</c>, <c>TrainingPositiveDistance</c>; empty where loss and
    /// accuracy are all.
    /// </summary>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many steps (weight updates) the run had made when the epoch ended.</summary>
    public required long Step { get; init; }

    /// <summary>How many training samples the epoch had.</summary>
    public required int SampleCount { get; init; }

    /// <summary>How long the epoch took, validation included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Time from the start of the training to the end of the epoch.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Training samples a second, validation not counted.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>When the epoch ended, UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>The metrics that were asked for; empty when none were. Each is a column of the learning curve: TrainingF1, ValidationF1; with several outputs TrainingF1_kind.</summary>
    public IReadOnlyList<EpochMeasure> Metrics { get; init; } = [];

    /// <summary>The metrics as columns: name and value, those of the training rows and, with validation data, those of the validation rows.</summary>
    public IEnumerable<(string Name, double Value)> MetricColumns() => Metrics.SelectMany(m => m.Validation is { } validation
        ? new[] { ($"Training{m.Name}", m.Training), ($"Validation{m.Name}", validation) } : [($"Training{m.Name}", m.Training)]);

    /// <summary>A measure of the objective or a metric by its column; null when the epoch has none of that name.</summary>
    /// <param name="column">The column, such as <c>ValidationF1</c>.</param>
    public double? ColumnValue(string column)
    {
        if (Measures.TryGetValue(column, out double measure)) return measure;
        foreach ((string name, double value) in MetricColumns())
            if (name.Equals(column, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    internal static EpochMeasure[] Join(EpochMetrics? training, EpochMetrics? validation)
    {
        if (training is null) return [];
        double[] values = [.. training.Values], validated = validation?.Any == true ? [.. validation.Values] : [];
        return [.. training.Labels.Select((m, i) => new EpochMeasure(m.Label, values[i], validated.Length == 0 ? null : validated[i], m.HigherIsBetter))];
    }
}
