namespace DLExperiments.Data.Tables;

/// <summary>What is done about missing values.</summary>
public enum MissingPolicy
{
    /// <summary>A missing value is an error that names its row and column.</summary>
    Refuse,

    /// <summary>The mean of the training rows takes its place; in a text column the most frequent category.</summary>
    Mean,

    /// <summary>The median of the training rows takes its place; in a text column the most frequent category.</summary>
    Median,

    /// <summary>The most frequent value or category of the training rows takes its place.</summary>
    MostFrequent,

    /// <summary>A given number takes its place; in a text column the most frequent category.</summary>
    Constant,

    /// <summary>Rows with a missing value in a feature or target are left out.</summary>
    Drop,
}
