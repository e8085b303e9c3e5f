using System.Runtime.InteropServices;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>
/// Takes every network and objective: autograd by libtorch over flat parameters. The data is uploaded once; rows are gathered a few
/// batches at a time, little enough to stay in the cache; a dispose scope frees each step's tensors.
/// </summary>
public sealed class TorchStepEngine : IStepEngine
{
    private const int GatherBytes = 1 << 20, MostBatchesGathered = 64, MostRowsMeasured = 4096;
    private const long MostElementsMeasured = 1 << 23, MostSmallWork = 8_000_000;

    private readonly EngineSettings settings;
    private readonly torch.Device device;
    private readonly TorchPlayer[] players;
    private readonly TorchStep step;
    private readonly TorchPiece train;
    private readonly List<TorchPiece> measured = [];
    private readonly int threadsBefore, rowsGathered, rowsMeasured;
    private int[] order = [];
    private torch.Tensor? orderTensor;
    private torch.Tensor[]? gatheredInputs;
    private torch.Tensor? gatheredTargets, gatheredWeights;
    private int gatheredFrom, gatheredCount;

    /// <summary>Uploads network and data.</summary>
    /// <param name="settings">What to make it from.</param>
    /// <exception cref="Errors.ExperimentException">libtorch does not load, the device cannot be used, or the data is not finite.</exception>
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
            players = [new TorchPlayer(new TorchNetwork(settings.Network, settings.Weights, device, precision: settings.Precision, memoryFormat: settings.MemoryFormat), settings.Optimizer, settings.Rules)];
            step = new TorchStep(players, settings.Train.Layout, settings.Seed, [.. settings.Rules.Regularisers.OfType<ActivationRegulariser>()]);
            train = new TorchPiece(settings.Train, device);
        }
        catch
        {
            Dispose();
            throw;
        }
        rowsGathered = settings.BatchSize * (int)Math.Clamp(GatherBytes / Math.Max(1, train.BytesPerRow * settings.BatchSize), 1, MostBatchesGathered);
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
    public MemoryFormat MemoryFormat => players[0].Network.MemoryFormat;

    /// <inheritdoc/>
    public IReadOnlyList<string> Measures { get; }

    /// <inheritdoc/>
    public void BeginEpoch(ReadOnlySpan<int> order)
    {
        ForgetGathered();
        orderTensor?.Dispose();
        orderTensor = null;
        if (order.IsEmpty)
        {
            this.order = [];
            return;
        }
        if (this.order.Length != order.Length) this.order = new int[order.Length];
        order.CopyTo(this.order);
        using var scope = torch.NewDisposeScope();
        orderTensor = torch.tensor(this.order).to(device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public double Train(int first, int count, long number, double learningRate, MeasureTotals totals)
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

    /// <inheritdoc/>
    public void Evaluate(PreparedPiece piece, MeasureTotals totals)
    {
        using var off = torch.no_grad();
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
        TorchPiece? uploaded = piece == settings.Train ? train : measured.Find(p => p.Piece == piece);
        if (uploaded is null) measured.Add(uploaded = new TorchPiece(piece, device));
        for (int first = 0; first < piece.Count; first += rowsMeasured)
        {
            using var scope = torch.NewDisposeScope();
            int start = first, count = Math.Min(rowsMeasured, piece.Count - first);
            step.Inputs = uploaded.Take(t => t.narrow(0, start, count));
            step.Target = uploaded.Targets.narrow(0, start, count);
            step.SampleWeights = uploaded.Weights?.narrow(0, start, count);
            Prepare(count, 0, 0, totals, training: false);
            step.TakeTargets(piece, [], first);
            settings.Objective.Evaluate(step);
        }
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
    }

    /// <inheritdoc/>
    public WeightSet ExportWeights() => players[0].Network.ExportWeights();

    /// <inheritdoc/>
    public WeightSet ExportResult()
    {
        players[0].Rules.ExchangeAverage();
        WeightSet weights = ExportWeights();
        players[0].Rules.ExchangeAverage();
        return weights;
    }

    /// <inheritdoc/>
    public void ImportWeights(WeightSet weights) => players[0].Network.LoadWeights(weights);

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSnapshot> ExportOptimizers() => [.. players.Select(p => p.State.Export(p.Optimizer))];

    /// <inheritdoc/>
    public void ImportOptimizers(IReadOnlyList<OptimizerSnapshot> snapshots)
    {
        foreach ((TorchPlayer player, OptimizerSnapshot snapshot) in players.Zip(snapshots)) player.State.Import(player.Optimizer, snapshot);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetGathered();
        orderTensor?.Dispose();
        orderTensor = null;
        train?.Dispose();
        foreach (TorchPiece piece in measured) piece.Dispose();
        measured.Clear();
        foreach (TorchPlayer player in players ?? []) player.Dispose();
        if (Threads != threadsBefore) torch.set_num_threads(threadsBefore);
    }

    /// <summary>
    /// Whether a step is too little work to share: up to here (784-128-10 with batches of 64) a second thread gains nothing on a quiet
    /// machine and costs ten times and more on a busy one, where threads wait for each other's turn.
    /// </summary>
    private static bool IsSmall(EngineSettings settings) => settings.Network.MultiplyAdds * settings.BatchSize <= MostSmallWork;

    private double TrainPart(int first, int count, long number, double learningRate, MeasureTotals totals, BatchPart part)
    {
        using var scope = torch.NewDisposeScope();
        if (first < gatheredFrom || first + count > gatheredFrom + gatheredCount) Gather(first, count);
        bool whole = count == gatheredCount;
        var inputs = new torch.Tensor[gatheredInputs!.Length];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = whole ? gatheredInputs[i] : gatheredInputs[i].narrow(0, first - gatheredFrom, count);
        step.Inputs = inputs;
        step.Target = whole ? gatheredTargets! : gatheredTargets!.narrow(0, first - gatheredFrom, count);
        step.SampleWeights = whole ? gatheredWeights : gatheredWeights?.narrow(0, first - gatheredFrom, count);
        step.Part = part;
        if (settings.Train.IsAugmented) TakeAugmented(first, count, number);
        Prepare(count, number, learningRate, totals, training: true);
        step.TakeTargets(settings.Train, order, first);
        double loss = settings.Objective.Train(step);
        if (part.IsLast && double.IsFinite(loss)) Report(totals);
        return loss;
    }

    /// <summary>Adds what the update rules measure to the totals, one value a step.</summary>
    private void Report(MeasureTotals totals)
    {
        int place = settings.Objective.Measures.Count;
        if (settings.Rules.Regularisers.Count > 0) totals.Add(place++, step.ActivationPenalty + players.Sum(p => p.Rules.Penalty), 1);
        if (settings.Rules.ReportNorms) totals.Add(place, Math.Sqrt(players.Sum(p => p.Rules.GradientNorm * p.Rules.GradientNorm)), 1);
    }

    private void Prepare(int count, long number, double learningRate, MeasureTotals totals, bool training)
    {
        step.Count = count;
        step.Number = number;
        step.LearningRate = learningRate;
        step.Totals = totals;
        step.IsTraining = training;
    }

    /// <summary>
    /// Takes the rows of the batch and of others around it, always from a multiple of as many as fit: a training that goes on within an epoch
    /// then finds its batch at the same place in memory, and vector code, whose sums depend on alignment, gives the same bits.
    /// </summary>
    private void Gather(int first, int count)
    {
        ForgetGathered();
        gatheredFrom = first - first % rowsGathered;
        gatheredCount = Math.Max(first + count - gatheredFrom, Math.Min(rowsGathered, settings.Train.Count - gatheredFrom));
        using torch.Tensor? rows = orderTensor?.narrow(0, gatheredFrom, gatheredCount);
        torch.Tensor Select(torch.Tensor all) => rows is null ? all.narrow(0, gatheredFrom, gatheredCount) : all.index_select(0, rows);
        gatheredInputs = train.Take(Select);
        foreach (torch.Tensor input in gatheredInputs) input.DetachFromDisposeScope();
        gatheredTargets = Select(train.Targets).DetachFromDisposeScope();
        gatheredWeights = train.Weights is null ? null : Select(train.Weights).DetachFromDisposeScope();
    }

    /// <summary>Puts augmented rows in the place of the gathered first input and targets.</summary>
    private void TakeAugmented(int first, int count, long number)
    {
        int[] rows = order.Length == 0 ? [.. Enumerable.Range(first, count)] : order[first..(first + count)];
        (float[] input, float[] targets) = settings.Train.ReadAugmented(rows, settings.Seed, number);
        step.Inputs[0] = OnDevice(input, settings.Network.Inputs[0].Shape.WithBatch(count));
        TargetLayout layout = settings.Train.Layout;
        bool soft = layout.IsIndex && settings.Train.MixesTargets;
        torch.Tensor target = OnDevice(targets, soft ? [count, layout.Classes] : [count, .. layout.Shape.Sizes.Select(s => (long)s)]);
        step.Target = layout.IsIndex && !soft ? target.to(torch.ScalarType.Int64) : target;
    }

    // Into memory of libtorch's own: a tensor over a managed array begins anywhere, and sums depend in the last bit on where it begins.
    private torch.Tensor OnDevice(float[] values, long[] sizes)
    {
        torch.Tensor tensor = torch.empty(sizes);
        MemoryMarshal.AsBytes<float>(values).CopyTo(tensor.bytes);
        return tensor.to(device);
    }

    private void ForgetGathered()
    {
        foreach (torch.Tensor input in gatheredInputs ?? []) input.Dispose();
        gatheredTargets?.Dispose();
        gatheredWeights?.Dispose();
        gatheredInputs = null;
        gatheredTargets = gatheredWeights = null;
        gatheredCount = 0;
    }
}
