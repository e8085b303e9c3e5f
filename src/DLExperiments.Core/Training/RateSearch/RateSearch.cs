using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Randomness;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training.RateSearch;

/// <summary>
/// The learning-rate range test (Smith 2017): one short training whose rate grows exponentially from step to step; the rates at which the
/// loss falls are those to train with. The network that it is given stays as it is.
/// </summary>
public static class RateSearch
{
    // Ten steps or so are averaged; the first of them say little, because the average of few batches jumps.
    private const double Smoothing = 0.9;
    private const int Unsteady = 5;

    // The bound that fastai uses.
    private const double Divergence = 4;

    /// <summary>Searches.</summary>
    /// <param name="request">What to train, and on what.</param>
    /// <param name="options">How to train; its epochs, learning rate, schedule, stopping and files have no part in it.</param>
    /// <param name="from">The first rate, greater than 0.</param>
    /// <param name="to">The last rate, greater than the first.</param>
    /// <param name="steps">How many steps, at least 10.</param>
    /// <param name="cancellation">Stops it after a step.</param>
    /// <exception cref="ExperimentException">InvalidRange: the rates or the steps; NoLearningRate: the loss fell at no rate; and what training finds wrong.</exception>
    public static RateSearchResult Run(TrainingRequest request, TrainingOptions options, double from = 1e-7, double to = 10, int steps = 100, CancellationToken cancellation = default)
    {
        if (!(from > 0) || !(to > from) || !double.IsFinite(to) || steps < 10)
            throw new ExperimentException("InvalidRange", ErrorKind.InvalidArgument,
                FormattableString.Invariant($"The rates go from {from} to {to} in {steps} steps; give rates greater than 0, the second above the first, and at least 10 steps."), steps);
        TrainingSetup setup = TrainingSetup.Create(request, options);
        WeightSet weights = request.Start?.Weights ?? WeightSet.Initialise(request.Network, options.Seed, options.Initialiser);
        int count = setup.Train.Count, batchSize = options.BatchSize == 0 ? count : Math.Min(options.BatchSize, count);
        using IStepEngine engine = StepEngines.Create(options.Engine, new EngineSettings(request.Network, weights, setup.Objective, options.Optimizer,
            setup.Train, batchSize, options.Seed, options.Device, options.Threads) { Rules = options.Rules, StartingRate = options.StartingRate }, out _);
        return Choose(Measure(engine, options, count, batchSize, step => from * Math.Pow(to / from, (double)step / (steps - 1)), steps, cancellation));
    }

    private static (List<RatePoint> Points, double? DivergedAt) Measure(IStepEngine engine, TrainingOptions options, int count, int batchSize, Func<int, double> rateOf, int steps, CancellationToken cancellation)
    {
        var points = new List<RatePoint>(steps);
        var totals = new MeasureTotals(engine.Measures);
        int[] order = options.Shuffle && batchSize < count ? new int[count] : [];
        int stepsPerEpoch = (count + batchSize - 1) / batchSize;
        double average = 0, least = double.PositiveInfinity;
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            int place = step % stepsPerEpoch;
            if (place == 0)
            {
                for (int i = 0; i < order.Length; i++) order[i] = i;
                if (order.Length > 0) new RandomStream(options.Seed, RandomPurpose.Shuffle, 0, step / stepsPerEpoch).Shuffle<int>(order);
                engine.BeginEpoch(order);
            }
            double rate = rateOf(step), loss = engine.Train(place * batchSize, Math.Min(batchSize, count - place * batchSize), step, rate, totals);
            average = Smoothing * average + (1 - Smoothing) * loss;
            double smoothed = average / (1 - Math.Pow(Smoothing, step + 1));
            if (!double.IsFinite(loss) || step > 0 && smoothed > least + (Divergence - 1) * Math.Abs(least)) return (points, rate);
            points.Add(new RatePoint(rate, loss, smoothed));
            least = Math.Min(least, smoothed);
        }
        return (points, null);
    }

    private static RateSearchResult Choose((List<RatePoint> Points, double? DivergedAt) measured)
    {
        List<RatePoint> points = measured.Points;
        RatePoint? lowest = points.MinBy(p => p.SmoothedLoss);
        // After the least loss, the slope says nothing about a good rate.
        int end = lowest is null ? 0 : points.IndexOf(lowest);
        if (end < 1)
            throw new ExperimentException("NoLearningRate", ErrorKind.InvalidOperation,
                "The loss fell at none of the rates: look at the data, the loss and the network, or begin with a smaller rate.", null);
        int first = Math.Min(Unsteady, end / 4), decade = Math.Max(1, points.FindIndex(p => p.LearningRate >= points[0].LearningRate * 10 * (1 - 1e-9)));
        decade = Math.Min(decade, end - first);
        int steepest = Enumerable.Range(first, end - first - decade + 1).MinBy(i => points[i + decade].SmoothedLoss - points[i].SmoothedLoss) + decade / 2;
        return new RateSearchResult
        {
            LearningRate = points[steepest].LearningRate,
            LowestLossRate = lowest!.LearningRate,
            LowestLoss = lowest.SmoothedLoss,
            DivergedAt = measured.DivergedAt,
            Points = [.. points],
        };
    }
}
