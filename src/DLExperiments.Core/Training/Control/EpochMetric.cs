using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Training.Control;

/// <summary>A number of an epoch's result by its name, as schedules and early stopping watch it.</summary>
public sealed class EpochMetric
{
    private static readonly EpochMetric[] Known =
    [
        new("TrainingLoss", false, e => e.TrainingLoss),
        new("TrainingAccuracy", true, e => e.TrainingAccuracy),
        new("ValidationLoss", false, e => e.ValidationLoss),
        new("ValidationAccuracy", true, e => e.ValidationAccuracy),
        new("Penalty", false, e => e.Penalty),
        new("GradientNorm", false, e => e.GradientNorm),
        new("WeightNorm", false, e => e.WeightNorm),
        new("DeadUnits", false, e => e.DeadUnits),
    ];

    private readonly bool higherIsBetter;
    private readonly Func<EpochResult, double?> read;

    private EpochMetric(string name, bool higherIsBetter, Func<EpochResult, double?> read)
    {
        Name = name;
        this.higherIsBetter = higherIsBetter;
        this.read = read;
    }

    /// <summary>The names of all metrics.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(m => m.Name)];

    /// <summary>The name: a property of <see cref="EpochResult"/>.</summary>
    public string Name { get; }

    /// <summary>Finds a metric.</summary>
    /// <param name="name">Its name, without regard to case.</param>
    /// <param name="measures">What the training's objective measures; null when that is not known, and any name with Training or Validation before it may be one.</param>
    /// <param name="metrics">What the metrics that the training was asked for are called, and whether greater values are better.</param>
    /// <exception cref="ExperimentException">UnknownMetric: there is none of that name.</exception>
    public static EpochMetric Find(string name, IReadOnlyList<string>? measures = null, IReadOnlyList<(string Label, bool HigherIsBetter)>? metrics = null) => Known.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? OfMetrics(name, [.. (metrics ?? []).Select(m => new EpochMeasure(m.Label, 0, 0, m.HigherIsBetter))])
        ?? OfObjective(name, measures)
        ?? throw new ExperimentException("UnknownMetric", ErrorKind.NotFound, Unasked(name) is { } metric ? $"'{name}' is to be watched, but this training does not measure it: ask for it with -Metric {metric}."
            : $"There is no metric '{name}'. {NearNames.Suggest(name, [.. Names, .. MeasureColumns.Of(measures ?? []), .. (metrics ?? []).SelectMany(m => new[] { $"Training{m.Label}", $"Validation{m.Label}" })])}", name);

    /// <summary>The metric that a column would be of, when the training had been asked for it.</summary>
    private static string? Unasked(string name) => new[] { "Training", "Validation" }.Where(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)).Select(p => name[p.Length..])
        .Select(rest => Catalogue<Metric>.Default.Entries.FirstOrDefault(e => e.Name.Equals(rest, StringComparison.OrdinalIgnoreCase))?.Name).FirstOrDefault();

    private static EpochMetric? OfMetrics(string name, IReadOnlyList<EpochMeasure> metrics)
    {
        foreach (EpochMeasure metric in metrics)
        {
            if (name.Equals($"Training{metric.Name}", StringComparison.OrdinalIgnoreCase))
                return new EpochMetric($"Training{metric.Name}", metric.HigherIsBetter, e => e.Metrics.FirstOrDefault(m => m.Name == metric.Name)?.Training);
            if (name.Equals($"Validation{metric.Name}", StringComparison.OrdinalIgnoreCase))
                return new EpochMetric($"Validation{metric.Name}", metric.HigherIsBetter, e => e.Metrics.FirstOrDefault(m => m.Name == metric.Name)?.Validation);
        }
        return null;
    }

    private static EpochMetric? OfObjective(string name, IReadOnlyList<string>? measures)
    {
        bool fits = measures is null
            ? name.StartsWith("Training", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Validation", StringComparison.OrdinalIgnoreCase)
            : MeasureColumns.Of(measures).Contains(name, StringComparer.OrdinalIgnoreCase);
        return fits ? new EpochMetric(name, name.Contains("Accuracy", StringComparison.OrdinalIgnoreCase), e => e.Measures.TryGetValue(name, out double value) ? value : null) : null;
    }

    /// <summary>The metric of a name, or when there is no name the validation loss where there is one, else the training loss.</summary>
    /// <param name="name">The name, or null.</param>
    /// <param name="epoch">An epoch of the training.</param>
    public static EpochMetric Choose(string? name, EpochResult epoch)
    {
        name ??= epoch.ValidationLoss is null ? "TrainingLoss" : "ValidationLoss";
        return OfMetrics(name, epoch.Metrics) ?? Find(name);
    }

    /// <summary>Whether greater values are better.</summary>
    /// <param name="mode">What the user asked for.</param>
    public bool IsHigherBetter(MetricMode mode) => mode == MetricMode.Auto ? higherIsBetter : mode == MetricMode.Max;

    /// <summary>The value in an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <exception cref="ExperimentException">MetricNotMeasured: the training does not measure it.</exception>
    public double Require(EpochResult epoch) => read(epoch) ?? throw NotMeasured(hasValidation: epoch.ValidationLoss is not null);

    /// <summary>Fails when a training will not measure it: known before the first step, not an epoch later.</summary>
    /// <exception cref="ExperimentException">MetricNotMeasured.</exception>
    internal void RequireMeasured(TrainingSetup setup, TrainingOptions options)
    {
        bool validated = !Name.StartsWith("Validation", StringComparison.OrdinalIgnoreCase) || setup.Validation is not null;
        bool measured = Name switch
        {
            "TrainingAccuracy" or "ValidationAccuracy" => setup.Objective.Measures.Contains("Accuracy") && (setup.Objective is not SupervisedObjective || setup.Train.Layout.Decisions > 0) || options.Metrics.Any(m => m.Label == "Accuracy"),
            "Penalty" => options.Rules.Regularisers.Count > 0,
            "GradientNorm" or "WeightNorm" => options.Rules.ReportNorms,
            "DeadUnits" => options.Rules.ReportDeadUnits,
            _ => true,
        };
        if (!validated || !measured) throw NotMeasured(setup.Validation is not null);
    }

    private ExperimentException NotMeasured(bool hasValidation) => new("MetricNotMeasured", ErrorKind.InvalidOperation,
        $"{Name} is to be watched, but this training does not measure it: "
        + (Name.StartsWith("Validation", StringComparison.OrdinalIgnoreCase) && !hasValidation ? "it has no validation data."
            : Name.EndsWith("Accuracy", StringComparison.Ordinal) ? "it has no accuracy of its own, because its targets are numbers or it has several outputs."
            : Name == "Penalty" ? "it has no regulariser." : Name == "DeadUnits" ? "ask for it with ReportDeadUnit."
            : Name is "GradientNorm" or "WeightNorm" ? "ask for it with ReportNorm." : "its epochs have no such column."), Name);
}
