namespace DLExperiments.Training.Engines;

/// <summary>A part of a batch that goes through the network by itself.</summary>
/// <param name="Share">Its share of the batch's rows, above 0 to 1.</param>
/// <param name="IsFirst">Whether it is the batch's first part.</param>
/// <param name="IsLast">Whether it is the batch's last part.</param>
internal readonly record struct BatchPart(double Share, bool IsFirst, bool IsLast)
{
    /// <summary>How many rows of the batch come before it.</summary>
    internal int Before { get; init; }

    /// <summary>How many rows the batch has; 0 for a batch in one part.</summary>
    internal int BatchRows { get; init; }

    /// <summary>A batch in one part.</summary>
    internal static BatchPart Whole { get; } = new(1, true, true);
}
