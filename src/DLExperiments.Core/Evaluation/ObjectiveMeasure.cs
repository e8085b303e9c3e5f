namespace DLExperiments.Evaluation;

/// <summary>What was measured of a model whose outputs are not compared with targets one by one: the means that its training reported for validation.</summary>
public sealed class ObjectiveMeasure : ModelMeasure
{
    /// <summary>The objective's catalogue name.</summary>
    public required string Objective { get; init; }

    /// <summary>The share of right decisions (pairs told apart, triplets in order), 0 to 1; null when there are none.</summary>
    public double? Accuracy { get; init; }

    /// <summary>What else the objective measures, by name, such as <c>PositiveDistance</c>.</summary>
    public required IReadOnlyDictionary<string, double> Measures { get; init; }
}
