namespace DLExperiments.Data.Transforms;

/// <summary>What takes the place of a missing number.</summary>
public enum ImputeStrategy
{
    /// <summary>The mean of the training values.</summary>
    Mean,

    /// <summary>The median of the training values; of an even number of values, the mean of the middle two.</summary>
    Median,

    /// <summary>The most frequent training value; of equally frequent ones, the smallest.</summary>
    MostFrequent,

    /// <summary>A given number.</summary>
    Constant,
}
