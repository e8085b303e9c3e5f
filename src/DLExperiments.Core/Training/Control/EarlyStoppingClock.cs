namespace DLExperiments.Training.Control;

/// <summary>Early stopping at work in one training: what it knows follows from the epochs so far, so a training that goes on replays them.</summary>
internal sealed class EarlyStoppingClock(EarlyStopping settings)
{
    private double best;

    /// <summary>The epoch with the best value; 0 before the first.</summary>
    internal int BestEpoch { get; private set; }

    /// <summary>Epochs without improvement since then.</summary>
    internal int Waited { get; private set; }

    internal bool IsExhausted => Waited >= settings.Patience;

    /// <summary>Takes notice of a completed epoch; true when it is the best so far.</summary>
    internal bool OnEpoch(EpochResult epoch)
    {
        EpochMetric metric = EpochMetric.Choose(settings.Metric, epoch);
        double value = metric.Require(epoch);
        bool better = BestEpoch == 0 || (metric.IsHigherBetter(settings.Mode) ? value > best + settings.MinDelta : value < best - settings.MinDelta);
        if (better)
        {
            best = value;
            BestEpoch = epoch.Epoch;
            Waited = 0;
        }
        else
        {
            Waited++;
        }
        return better;
    }
}
