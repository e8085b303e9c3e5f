namespace DLExperiments.Sweeps.Pruners;

/// <summary>What a pruner sees when it judges a trial after an epoch. Costs: lower is better.</summary>
/// <param name="Trial">The number of the trial's point.</param>
/// <param name="Costs">The trial's cost after each epoch so far.</param>
/// <param name="Epochs">How many epochs the trial would have in all.</param>
/// <param name="Others">The costs of earlier trials, each by its point; those that were given up have fewer.</param>
public sealed record PrunerView(int Trial, IReadOnlyList<double> Costs, int Epochs, IReadOnlyList<(int Trial, IReadOnlyList<double> Costs)> Others)
{
    /// <summary>The epoch that has just ended, from 1.</summary>
    public int Epoch => Costs.Count;
}
