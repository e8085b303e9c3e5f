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
    private readonly TorchNetwork network;
    private readonly TorchPlayer[] players = [];
    private readonly TorchStep step;
    private readonly TorchPiece train;
    private readonly List<TorchPiece> measured = [];
    private readonly int threadsBefore, rowsGathered, rowsMeasured;
    private int[] order = [];
    private torch.Tensor? orderTensor;
    private torch.Tensor[]? gatheredInputs;
    private torch.Tensor[] gatheredTargets = [];
    private torch.Tensor? gatheredWeights;
    private int gatheredFrom, gatheredCount;

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
    public MemoryFormat MemoryFormat => network.MemoryFormat;

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
            step.Targets = [.. uploaded.Targets.Select(t => t.narrow(0, start, count))];
            step.SampleWeights = uploaded.Weights?.narrow(0, start, count);
            Prepare(piece, count, 0, 0, totals, training: false);
            step.Begin(uploaded, [], first, null);
            settings.Objective.Evaluate(step);
        }
        foreach (TorchPlayer player in players) player.Rules.ExchangeAverage();
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
        ForgetGathered();
        orderTensor?.Dispose();
        orderTensor = null;
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

    private double TrainPart(int first, int count, long number, double learningRate, MeasureTotals totals, BatchPart part)
    {
        using var scope = torch.NewDisposeScope();
        if (first < gatheredFrom || first + count > gatheredFrom + gatheredCount) Gather(first, count);
        bool whole = count == gatheredCount;
        var inputs = new torch.Tensor[gatheredInputs!.Length];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = whole ? gatheredInputs[i] : gatheredInputs[i].narrow(0, first - gatheredFrom, count);
        step.Inputs = inputs;
        step.Targets = whole ? [.. gatheredTargets] : [.. gatheredTargets.Select(t => t.narrow(0, first - gatheredFrom, count))];
        step.SampleWeights = whole ? gatheredWeights : gatheredWeights?.narrow(0, first - gatheredFrom, count);
        step.Part = part;
        // A batch whose rows all weigh nothing has no mean to go down.
        if (part.Share == 1 && step.SampleWeights?.sum().item<float>() == 0) return 0;
        torch.Tensor[]? plain = settings.Train.IsAugmented ? [.. inputs] : null;
        if (settings.Train.IsAugmented) TakeAugmented(first, count, number);
        Prepare(settings.Train, count, number, learningRate, totals, training: true);
        step.Begin(train, order, first, plain);
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

    private void Prepare(PreparedPiece piece, int count, long number, double learningRate, MeasureTotals totals, bool training)
    {
        step.Layouts = piece.Layouts;
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
        gatheredTargets = [.. train.Targets.Select(t => Select(t).DetachFromDisposeScope())];
        gatheredWeights = train.Weights is null ? null : Select(train.Weights).DetachFromDisposeScope();
    }

    /// <summary>Puts augmented rows in the place of the gathered inputs from the first feature and of the first targets.</summary>
    private void TakeAugmented(int first, int count, long number)
    {
        int[] rows = order.Length == 0 ? [.. Enumerable.Range(first, count)] : order[first..(first + count)];
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

    private void ForgetGathered()
    {
        foreach (torch.Tensor input in gatheredInputs ?? []) input.Dispose();
        foreach (torch.Tensor target in gatheredTargets) target.Dispose();
        gatheredWeights?.Dispose();
        gatheredInputs = null;
        gatheredTargets = [];
        gatheredWeights = null;
        gatheredCount = 0;
    }
}
