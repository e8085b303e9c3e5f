using System.Diagnostics;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Prefetching;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>
/// Takes every network and objective: autograd by libtorch over flat parameters. The data is uploaded once; rows are gathered a few
/// batches at a time, little enough to stay in the cache; a dispose scope frees each step's tensors.
/// </summary>
public sealed partial class TorchStepEngine : IStepEngine
{
    private const int MostRowsMeasured = 4096;
    private const long MostElementsMeasured = 1 << 23, MostSmallWork = 8_000_000;

    private readonly EngineSettings settings;
    private readonly torch.Device device;
    private readonly TorchNetwork network;
    private readonly TorchPlayer[] players = [];
    private readonly TorchStep step;
    private readonly TorchPiece train;
    private readonly TorchBatches batches;
    private readonly TorchAhead? trainAhead;
    private readonly List<TorchPiece> measured = [];
    private readonly Dictionary<PreparedPiece, TorchAhead> measuredAhead = [];
    private readonly int threadsBefore, rowsMeasured;
    private MeasureTotals? aside;
    private bool isSkipped;
    private long gathering;

    /// <summary>Uploads network and data.</summary>
    /// <param name="settings">What to make it from.</param>
    /// <exception cref="ExperimentException">libtorch does not load, the device cannot be used, or the data is not finite.</exception>
    public TorchStepEngine(EngineSettings settings)
    {
        TorchLibrary.EnsureLoaded();
        this.settings = settings;
        Measures = settings.Rules.MeasuresWith(settings.Objective);
        device = TorchDevice.Open(settings.Device);
        // The setting belongs to the calling thread, so runs on other threads keep theirs.
        threadsBefore = torch.get_num_threads();
        int threads = settings.Threads ?? (IsSmall(settings) ? 1 : threadsBefore);
        if (threads != threadsBefore) torch.set_num_threads(threads);
        Threads = torch.get_num_threads();
        try
        {
            network = new TorchNetwork(settings.Network, settings.Weights, device, precision: settings.Precision, memoryFormat: settings.MemoryFormat);
            players = [.. settings.Objective.Players.Select(plan => new TorchPlayer(network, plan, settings))];
            step = new TorchStep(network, players, device, settings.Seed, [.. settings.Rules.Regularisers.OfType<ActivationRegulariser>()]);
            VerifyRows(settings);
            train = new TorchPiece(settings.Train, device, i => Takes(i) && !(KeepsPlain && !settings.Train.Data.Features[settings.Train.Sources[i].Feature].IsLazy));
            if (BatchPrefetcher.Takes(settings.Train, augments: true)) trainAhead = new TorchAhead(settings.Train, augments: true, settings.Seed, device, Follow);
            batches = new TorchBatches(train, device, settings.BatchSize);
            Measures = [.. Measures, .. players.SelectMany(p => p.Rules.LayerNames).Select(UpdateRunner.MeasureOf)];
        }
        catch
        {
            Dispose();
            throw;
        }
        long widest = settings.Network.Layers.Select(l => (long)l.OutputShape.ElementCount).Append(settings.Network.InputShape.ElementCount).Max();
        rowsMeasured = (int)Math.Clamp(MostElementsMeasured / widest, 1, MostRowsMeasured);
    }

    /// <inheritdoc/>
    public string Name => "Torch";

    /// <inheritdoc/>
    public string Device => device.ToString();

    /// <inheritdoc/>
    public int Threads { get; }

    /// <inheritdoc/>
    public Precision Precision => settings.Precision;

    /// <inheritdoc/>
    public MemoryFormat MemoryFormat => network.MemoryFormat;

    /// <inheritdoc/>
    public IReadOnlyList<string> Measures { get; }

    /// <inheritdoc/>
    public TimeSpan DataWait => TimeSpan.FromSeconds((double)gathering / Stopwatch.Frequency) + (trainAhead?.Waited ?? TimeSpan.Zero);

    /// <inheritdoc/>
    public void BeginEpoch(ReadOnlySpan<int> order)
    {
        batches.Begin(order);
        trainAhead?.Begin([.. batches.Order]);
    }

    /// <inheritdoc/>
    public void SetMomentum(double momentum)
    {
        foreach (TorchPlayer player in players) player.Rules.SetMomentum(momentum);
    }

    /// <inheritdoc/>
    public double Train(int first, int count, long number, double learningRate, MeasureTotals totals)
    {
        double loss = TrainParts(first, count, number, learningRate, totals);
        if (!double.IsFinite(loss) || isSkipped) return loss;
        foreach (TorchPlayer player in players)
        {
            if (!player.Reevaluates) continue;
            double penalty = step.ActivationPenalty;
            player.Rules.Update(learningRate, new LossEvaluation(loss + penalty,
                () => TrainParts(first, count, number, learningRate, aside ??= new MeasureTotals(Measures)) + step.ActivationPenalty));
            step.ActivationPenalty = penalty;
        }
        Report(totals);
        return loss;
    }

    /// <inheritdoc/>
    public void Evaluate(PreparedPiece piece, MeasureTotals totals)
    {
        using var off = torch.no_grad();
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        TorchPiece uploaded = Upload(piece);
        TorchAhead? ahead = BeginAhead(piece);
        try
        {
            for (int first = 0; first < piece.Count; first += rowsMeasured)
            {
                using var scope = torch.NewDisposeScope();
                int start = first, count = Math.Min(rowsMeasured, piece.Count - first);
                step.Inputs = TakeMeasured(uploaded, ahead, start, count);
                step.Targets = [.. uploaded.Targets.Select(t => t.narrow(0, start, count))];
                step.SampleWeights = uploaded.Weights?.narrow(0, start, count);
                Prepare(piece, count, 0, 0, totals, training: false);
                step.Begin(uploaded, [], first, null);
                settings.Objective.Evaluate(step);
            }
        }
        finally
        {
            // A script in the network may be stopped.
            foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Layer, int Dead, int Units)> CountDeadUnits(PreparedPiece piece)
    {
        using var off = torch.no_grad();
        TorchPiece uploaded = Upload(piece);
        TorchAhead? ahead = BeginAhead(piece);
        var meter = new DeadUnitMeter(network);
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        try
        {
            for (int first = 0; first < piece.Count; first += rowsMeasured)
            {
                using var scope = torch.NewDisposeScope();
                int start = first, count = Math.Min(rowsMeasured, piece.Count - first);
                meter.Add(TakeMeasured(uploaded, ahead, start, count));
            }
        }
        finally
        {
            foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        }
        return meter.Read();
    }

    /// <inheritdoc/>
    public WeightSet ExportWeights() => network.ExportWeights();

    /// <inheritdoc/>
    public WeightSet ExportResult()
    {
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        WeightSet weights = ExportWeights();
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        return weights;
    }

    /// <inheritdoc/>
    public void ImportWeights(WeightSet weights) => network.LoadWeights(weights);

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSnapshot> ExportOptimizers() => [.. players.SelectMany(p => p.Export())];

    /// <inheritdoc/>
    public void ImportOptimizers(IReadOnlyList<OptimizerSnapshot> snapshots)
    {
        var queue = new Queue<OptimizerSnapshot>(snapshots);
        foreach (TorchPlayer player in players) player.Import(queue);
        if (queue.Count > 0)
            throw new ExperimentException("OptimizerStateMismatch", ErrorKind.InvalidData, $"There are states of {queue.Count} optimizers more than this training has.", queue.Peek().Optimizer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        batches?.Dispose();
        trainAhead?.Dispose();
        foreach (TorchAhead ahead in measuredAhead.Values) ahead.Dispose();
        measuredAhead.Clear();
        train?.Dispose();
        foreach (TorchPiece piece in measured) piece.Dispose();
        measured.Clear();
        foreach (TorchPlayer player in players) player.Dispose();
        network?.Dispose();
        if (Threads != threadsBefore) torch.set_num_threads(threadsBefore);
    }

    /// <summary>
    /// Whether a step is too little work to share: up to here (784-128-10 with batches of 64) a second thread gains nothing on a quiet
    /// machine and costs ten times and more on a busy one, where threads wait for each other's turn.
    /// </summary>
    private static bool IsSmall(EngineSettings settings) => settings.Network.MultiplyAdds * settings.BatchSize <= MostSmallWork;

    /// <summary>Adds what the update rules measure to the totals, one value a step.</summary>
    private void Report(MeasureTotals totals)
    {
        int place = settings.Objective.Measures.Count;
        if (settings.Rules.Regularisers.Count > 0) totals.Add(place++, step.ActivationPenalty + players.Sum(p => p.Rules.Penalty), 1);
        if (settings.Rules.ReportNorms) totals.Add(place++, Math.Sqrt(players.Sum(p => p.Rules.GradientNorm * p.Rules.GradientNorm)), 1);
        if (!settings.Rules.ReportLayers) return;
        foreach (TorchPlayer player in players)
            foreach (double norm in player.Rules.LayerNorms) totals.Add(place++, norm, 1);
    }

    private void Prepare(PreparedPiece piece, int count, long number, double learningRate, MeasureTotals totals, bool training)
    {
        step.Layouts = piece.Layouts;
        step.Count = count;
        step.Number = number;
        step.LearningRate = learningRate;
        step.Totals = totals;
        step.IsTraining = training;
    }
}
