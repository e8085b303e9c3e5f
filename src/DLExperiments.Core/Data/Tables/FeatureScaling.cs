namespace DLExperiments.Data.Tables;

/// <summary>How number columns are scaled; what it takes is learnt from the training part when training starts, and saved with the model.</summary>
public enum FeatureScaling
{
    /// <summary>Left as they are.</summary>
    None,

    /// <summary>Each column to mean 0 and standard deviation 1.</summary>
    Standardize,

    /// <summary>Each column to the range 0 to 1.</summary>
    MinMax,
}
