using System.Numerics;
using System.Runtime.Intrinsics.X86;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Fused.Losses;
using DLExperiments.Training.Fused.Optimizers;
using DLExperiments.Training.Fused.Updates;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training.Fused;

/// <summary>A fused training, whatever its vectors.</summary>
internal abstract class FusedRun : IDisposable
{
    /// <summary>Threads that share wide layers; 1 where no layer is wide.</summary>
    internal int Threads { get; private protected init; } = 1;

    internal abstract void BeginEpoch(ReadOnlySpan<int> order);

    internal abstract double Train(int first, int count, long step, double learningRate, MeasureTotals totals);

    internal abstract void Evaluate(PreparedPiece piece, MeasureTotals totals);

    internal abstract WeightSet ExportWeights();

    internal abstract WeightSet ExportResult();

    internal abstract void ImportWeights(WeightSet weights);

    internal abstract OptimizerSnapshot ExportOptimizer();

    internal abstract void ImportOptimizer(OptimizerSnapshot snapshot);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A fused training with vectors of one width.</summary>
internal sealed unsafe class FusedRun<TVec, T> : FusedRun
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FewestRowsMeasured = 64;

    private readonly EngineSettings settings;
    private readonly FusedNetwork<TVec, T> network;
    private readonly Loss definition;
    private readonly FusedLoss<TVec, T> loss;
    private readonly FusedOptimizer<T> optimizer;
    private readonly FusedUpdate<TVec, T>? update;
    private readonly FusedPiece<T> train;
    private readonly List<FusedPiece<T>> measured = [];
    private readonly int decisions;
    private int[] order = [];

    internal FusedRun(EngineSettings settings)
    {
        this.settings = settings;
        Threads = WorkCrew.Choose(settings);
        train = new FusedPiece<T>(settings.Train, TVec.Count);
        network = new FusedNetwork<TVec, T>(settings.Network, Math.Max(settings.BatchSize, FewestRowsMeasured), settings.Seed, Threads);
        definition = ((SupervisedObjective)settings.Objective).Loss;
        loss = FusedLossKinds.Find(definition.GetType())!.Make<TVec, T>(definition, settings.Train.Layout, network.Memory);
        optimizer = FusedOptimizerKinds.Find(settings.Optimizer.GetType())!.Make<TVec, T>(settings.Optimizer);
        optimizer.Bind(network.Parameters, network.Size, network.Memory);
        decisions = settings.Train.Layout.Decisions;
        network.Import(settings.Weights);
        if (!settings.Rules.IsPlain || optimizer.NormalisedDecay is not null) update = new FusedUpdate<TVec, T>(settings.Rules, network, optimizer, isShared: Threads > 1);
    }

    internal override void BeginEpoch(ReadOnlySpan<int> order)
    {
        if (this.order.Length != order.Length) this.order = new int[order.Length];
        order.CopyTo(this.order);
    }

    internal override double Train(int first, int count, long step, double learningRate, MeasureTotals totals)
    {
        double total = 0;
        var parts = new BatchParts(settings.Train.RowWeights, order, first, count, settings.Rules.BatchParts);
        while (double.IsFinite(total) && parts.Next())
        {
            BatchPart part = parts.Part with { Share = BatchWeight.Share(settings.Train, definition, 0, order, parts.First, parts.Rows, parts.Part) };
            total += part.Share * TrainPart(parts.First, parts.Rows, parts.Number(step), learningRate, totals, part);
        }
        return total;
    }

    internal override void Evaluate(PreparedPiece piece, MeasureTotals totals)
    {
        FusedPiece<T>? data = piece == settings.Train ? train : measured.Find(p => p.Piece == piece);
        if (data is null) measured.Add(data = new FusedPiece<T>(piece, TVec.Count));
        network.Batch.IsTraining = false;
        update?.ExchangeAverage();
        for (int first = 0; first < piece.Count; first += network.Batch.Capacity)
        {
            Place(data, [], first, Math.Min(network.Batch.Capacity, piece.Count - first));
            Measure(data, null, totals);
        }
        update?.ExchangeAverage();
    }

    internal override WeightSet ExportWeights() => network.Export();

    internal override WeightSet ExportResult()
    {
        update?.ExchangeAverage();
        WeightSet weights = network.Export();
        update?.ExchangeAverage();
        return weights;
    }

    internal override void ImportWeights(WeightSet weights) => network.Import(weights);

    internal override OptimizerSnapshot ExportOptimizer()
    {
        var values = new Dictionary<string, float[]>();
        // As in the Torch engine, what is remembered appears with the first step.
        for (int i = 0; i < optimizer.Remembered.Length && optimizer.Step > 0; i++)
            values[optimizer.Remembered[i].Name] = network.Flatten(optimizer.Values[i]);
        if (Average != null) values[UpdateRunner.AverageName] = network.Flatten(Average);
        return new OptimizerSnapshot(settings.Optimizer.Type, optimizer.Step, values);
    }

    internal override void ImportOptimizer(OptimizerSnapshot snapshot)
    {
        if (!snapshot.Optimizer.Equals(settings.Optimizer.Type, StringComparison.OrdinalIgnoreCase))
            throw Mismatch($"is that of {snapshot.Optimizer}, but the optimizer is {settings.Optimizer.Type}", snapshot.Optimizer);
        foreach ((string name, float[] numbers) in snapshot.Values)
        {
            int place = Array.FindIndex(optimizer.Remembered, r => r.Name == name);
            T* values = place >= 0 ? optimizer.Values[place] : name == UpdateRunner.AverageName ? Average : null;
            if (values == null) throw Mismatch($"has '{name}', which {settings.Optimizer} does not remember", name);
            if (numbers.LongLength != settings.Network.TrainableParameterCount)
                throw Mismatch($"'{name}' has {numbers.LongLength} numbers, but the network has {settings.Network.TrainableParameterCount}", name);
            network.Unflatten(numbers, values);
        }
        optimizer.Step = snapshot.Step;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        network.Dispose();
        train.Dispose();
        foreach (FusedPiece<T> piece in measured) piece.Dispose();
        measured.Clear();
    }

    private T* Average => update is null ? null : update.Average;

    private double TrainPart(int first, int count, long step, double learningRate, MeasureTotals totals, BatchPart part)
    {
        Place(train, order, first, count);
        network.Batch.IsTraining = true;
        network.Batch.Step = step;
        loss.IsWeightless = BatchWeight.IsWeightless(settings.Train, definition, 0, order, first, count, part);
        LossSum sum = Measure(train, network.OutputDelta, totals);
        // Where the loss gives all classes of the batch no weight, all gradients are 0, and there is no mean but the sum (what label smoothing adds to it).
        double mean = sum.Weight > 0 && !definition.IsSum ? sum.Sum / sum.Weight : sum.Sum;
        if (!double.IsFinite(mean)) return mean;
        if (update is null)
        {
            optimizer.Begin(learningRate);
            network.Backward(optimizer);
            return mean;
        }
        update.BeginPart(part);
        if (part.IsLast) update.BeginUpdate(learningRate);
        network.Backward(update);
        if (part.IsLast) EndUpdate(update, totals);
        return mean;
    }

    /// <summary>Brings what was gathered to the weights, and adds what the rules measure to the totals.</summary>
    private void EndUpdate(FusedUpdate<TVec, T> update, MeasureTotals totals)
    {
        update.EndUpdate();
        int place = settings.Objective.Measures.Count;
        if (settings.Rules.Regularisers.Count > 0) totals.Add(place++, update.Penalty, 1);
        if (settings.Rules.ReportNorms) totals.Add(place, update.GradientNorm, 1);
    }

    private static ExperimentException Mismatch(string what, string target) =>
        new("OptimizerStateMismatch", ErrorKind.InvalidData, $"The optimizer's state {what}.", target);

    /// <summary>Points the batch at rows of a piece: those at places of an order, or as they lie.</summary>
    private void Place(FusedPiece<T> piece, int[] order, int first, int count)
    {
        FusedBatch<T> batch = network.Batch;
        batch.Count = count;
        for (int i = 0; i < count; i++)
        {
            int row = order.Length == 0 ? first + i : order[first + i];
            batch.Index[i] = row;
            batch.Rows[i] = piece.Inputs + (nint)row * piece.Size;
            // Read after the forward pass only, when it has come from wherever it is.
            if (Sse.IsSupported && piece.Targets.Classes != null) Sse.Prefetch1(piece.Targets.Classes + row);
        }
    }

    private LossSum Measure(FusedPiece<T> piece, T* delta, MeasureTotals totals)
    {
        network.Forward();
        LossSum sum = loss.Compute(network.Output, network.OutputWidth, network.Batch.Index, network.Batch.Count, piece.Targets, delta);
        totals.Add(0, sum.Sum, sum.Weight);
        if (decisions > 0) totals.Add(1, sum.Correct, (double)network.Batch.Count * decisions);
        if (totals.WantsOutputs) AddOutputs(piece.Piece, totals);
        return sum;
    }

    private void AddOutputs(PreparedPiece piece, MeasureTotals totals)
    {
        int rows = network.Batch.Count, size = network.OutputSize, width = piece.Layout.Width;
        float[] outputs = new float[rows * size], targets = new float[rows * width];
        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < size; k++) outputs[r * size + k] = float.CreateTruncating(network.Output[(nint)r * network.OutputWidth + k]);
            piece.Targets.AsSpan(network.Batch.Index[r] * width, width).CopyTo(targets.AsSpan(r * width));
        }
        totals.AddOutputs(outputs, targets, rows);
    }
}
