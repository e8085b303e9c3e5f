namespace DLExperiments.Training.Control;

/// <summary>Which values of a metric are better.</summary>
public enum MetricMode
{
    /// <summary>The greater ones for accuracies, the smaller ones for everything else.</summary>
    Auto,

    /// <summary>The smaller ones.</summary>
    Min,

    /// <summary>The greater ones.</summary>
    Max,
}
