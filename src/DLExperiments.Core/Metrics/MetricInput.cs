namespace DLExperiments.Metrics;

/// <summary>What a metric compares.</summary>
public enum MetricInput
{
    /// <summary>The class of each row (or of each position of a row).</summary>
    Classes,

    /// <summary>The classes with their probabilities.</summary>
    Probabilities,

    /// <summary>The classes with numbers that put the rows in order: probabilities, or scores such as those of a hinge loss.</summary>
    Scores,

    /// <summary>Class numbers of the pixels of an image, or of the labels of a row.</summary>
    Labels,

    /// <summary>Numbers.</summary>
    Values,

    /// <summary>Texts.</summary>
    Texts,
}
