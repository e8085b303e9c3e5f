namespace DLExperiments.Data.Text;

/// <summary>The vector of a symbol that a file of word vectors does not have.</summary>
public enum UnknownVector
{
    /// <summary>All zeros.</summary>
    Zero,

    /// <summary>The mean of the vectors that were found.</summary>
    Mean,

    /// <summary>Drawn from normal distributions with the mean and deviation that the found vectors have at each place.</summary>
    Random,
}
