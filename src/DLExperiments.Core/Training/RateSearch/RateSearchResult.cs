namespace DLExperiments.Training.RateSearch;

/// <summary>What a search for a learning rate found.</summary>
public sealed record RateSearchResult
{
    /// <summary>The suggestion: the middle of the decade of rates over which the smoothed loss falls most.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The rate at which the smoothed loss was least; training with it is often about to diverge, a tenth of it is safe.</summary>
    public required double LowestLossRate { get; init; }

    /// <summary>The least smoothed loss.</summary>
    public required double LowestLoss { get; init; }

    /// <summary>The rate at which the loss exploded and the search ended, or null when it went through all rates.</summary>
    public double? DivergedAt { get; init; }

    /// <summary>All steps, for plots.</summary>
    public required RatePoint[] Points { get; init; }
}
