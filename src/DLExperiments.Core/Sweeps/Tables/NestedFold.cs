using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Tables;

/// <summary>One outer fold of a nested cross-validation.</summary>
public sealed record NestedFold
{
    /// <summary>Which outer fold, from 0.</summary>
    public required int Fold { get; init; }

    /// <summary>The metric on the held-out rows, of the chosen setting trained on all the others; over several seeds the mean.</summary>
    public required double Value { get; init; }

    /// <summary>The mean over the inner folds for which the setting was chosen; it promises too much, because it is the best of many.</summary>
    public required double Selected { get; init; }

    /// <summary>The setting that was chosen.</summary>
    public required Setting Parameters { get; init; }
}
