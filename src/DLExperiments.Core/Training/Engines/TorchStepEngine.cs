using System.Runtime.InteropServices;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>
/// Takes every network and objective: autograd by libtorch over flat parameters. The data is uploaded once; rows are gathered a few
/// batches at a time, little enough to stay in the cache; a dispose scope frees each step's tensors.
/// </summary>
public sealed class TorchStepEngine : IStepEngine
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
    private readonly List<TorchPiece> measured = [];
    private readonly int threadsBefore, rowsMeasured;
    private MeasureTotals? aside;
    private bool isSkipped;

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
            train = new TorchPiece(settings.Train, device);
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
    public void BeginEpoch(ReadOnlySpan<int> order) => batches.Begin(order);

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
        for (int first = 0; first < piece.Count; first += rowsMeasured)
        {
            using var scope = torch.NewDisposeScope();
            int start = first, count = Math.Min(rowsMeasured, piece.Count - first);
            step.Inputs = uploaded.Take(t => t.narrow(0, start, count));
            step.Targets = [.. uploaded.Targets.Select(t => t.narrow(0, start, count))];
            step.SampleWeights = uploaded.Weights?.narrow(0, start, count);
            Prepare(piece, count, 0, 0, totals, training: false);
            step.Begin(uploaded, [], first, null);
            settings.Objective.Evaluate(step);
        }
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Layer, int Dead, int Units)> CountDeadUnits(PreparedPiece piece)
    {
        using var off = torch.no_grad();
        TorchPiece uploaded = Upload(piece);
        var meter = new DeadUnitMeter(network);
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        for (int first = 0; first < piece.Count; first += rowsMeasured)
        {
            using var scope = torch.NewDisposeScope();
            int start = first, count = Math.Min(rowsMeasured, piece.Count - first);
            meter.Add(uploaded.Take(t => t.narrow(0, start, count)));
        }
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
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

    /// <summary>Sends a batch through the network in its parts: measures, and the gradients or, with most optimizers, the step.</summary>
    private double TrainParts(int first, int count, long number, double learningRate, MeasureTotals totals)
    {
        int parts = Math.Min(settings.Rules.BatchParts, count), size = (count + parts - 1) / parts;
        step.ActivationPenalty = 0;
        if (parts == 1) return TrainPart(first, count, number, learningRate, totals, BatchPart.Whole);
        double loss = 0;
        for (int at = 0, part = 0; at < count; at += size, part++)
        {
            int rows = Math.Min(size, count - at);
            double share = (double)rows / count;
            // Each part has dropout of its own.
            loss += share * TrainPart(first + at, rows, number * settings.Rules.BatchParts + part, learningRate, totals, new BatchPart(share, at == 0, at + rows == count));
            if (!double.IsFinite(loss)) break;
        }
        return loss;
    }

    private TorchPiece Upload(PreparedPiece piece)
    {
        TorchPiece? uploaded = piece == settings.Train ? train : measured.Find(p => p.Piece == piece);
        if (uploaded is null) measured.Add(uploaded = new TorchPiece(piece, device));
        return uploaded;
    }

    private double TrainPart(int first, int count, long number, double learningRate, MeasureTotals totals, BatchPart part)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] columns = batches.Take(first, count);
        int inputs = settings.Train.Sources.Count, targets = settings.Train.TargetSets.Count;
        step.Inputs = columns[..inputs];
        step.Targets = columns[inputs..(inputs + targets)];
        step.SampleWeights = settings.Train.RowWeights is null ? null : columns[^1];
        step.Part = part;
        // A batch whose rows all weigh nothing has no mean to go down.
        isSkipped = part.Share == 1 && step.SampleWeights?.sum().item<float>() == 0;
        if (isSkipped) return 0;
        torch.Tensor[]? plain = settings.Train.IsAugmented ? [.. step.Inputs] : null;
        if (settings.Train.IsAugmented) TakeAugmented(first, count, number);
        Prepare(settings.Train, count, number, learningRate, totals, training: true);
        step.Begin(train, batches.Order, first, plain);
        return settings.Objective.Train(step);
    }

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

    /// <summary>Puts augmented rows in the place of the gathered inputs from the first feature and of the first targets.</summary>
    private void TakeAugmented(int first, int count, long number)
    {
        int[] rows = batches.Order.Length == 0 ? [.. Enumerable.Range(first, count)] : batches.Order[first..(first + count)];
        (float[] input, float[] targets) = settings.Train.ReadAugmented(rows, settings.Seed, number);
        for (int i = 0; i < settings.Train.Sources.Count; i++)
        {
            FeatureSource source = settings.Train.Sources[i];
            if (source.Feature > 0) continue;
            float[] own = source.IsWhole ? input : new float[count * source.Input.Shape.ElementCount];
            if (!source.IsWhole) Preprocessing.Cut(input, count, source, own);
            step.Inputs[i] = OnDevice(own, source.Input.Shape.WithBatch(count));
        }
        if (!settings.Train.MixesTargets) return;
        TargetLayout layout = settings.Train.Layout;
        step.Targets[0] = OnDevice(targets, layout.IsIndex ? [count, layout.Classes] : layout.Shape.WithBatch(count));
    }

    // Into memory of libtorch's own: a tensor over a managed array begins anywhere, and sums depend in the last bit on where it begins.
    private torch.Tensor OnDevice(float[] values, long[] sizes)
    {
        torch.Tensor tensor = torch.empty(sizes);
        MemoryMarshal.AsBytes<float>(values).CopyTo(tensor.bytes);
        return tensor.to(device);
    }
}
