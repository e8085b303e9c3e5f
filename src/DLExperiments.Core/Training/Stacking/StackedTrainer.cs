using System.Runtime.InteropServices;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Stacking.Optimizers;
using TorchSharp;

namespace DLExperiments.Training.Stacking;

/// <summary>
/// Makes the steps of all trainings of a stack at once: each has its own rows, loss, gradients and optimizer settings, and only the operations are shared. The losses are
/// added up before the backward pass, which leaves every gradient as it is, because no parameter is in two of them.
/// </summary>
internal sealed class StackedTrainer : IDisposable
{
    private const int MostRowsMeasured = 4096;
    private const long MostElementsMeasured = 1 << 23;

    private readonly List<StackedRun> runs;
    private readonly torch.Device device;
    private readonly StackedNetwork network;
    private readonly StackedOptimizer optimizer;
    private readonly Loss loss;
    private readonly PreparedPiece trainPiece;
    private readonly TorchPiece train;
    private readonly TorchBatches batches;
    private readonly List<TorchPiece> measured = [];
    private readonly int rowsMeasured;
    private float[] targets = [];
    private bool isOrdered;

    /// <summary>Uploads networks and data; gives each run its place.</summary>
    /// <param name="members">The trainings, of one <see cref="StackPlan.KeyOf"/>.</param>
    internal StackedTrainer(IReadOnlyList<StackedRun> members)
    {
        TorchLibrary.EnsureLoaded();
        runs = [.. members];
        for (int k = 0; k < runs.Count; k++) runs[k].Row = k;
        EngineSettings first = runs[0].Settings;
        device = TorchDevice.Open(first.Device);
        loss = ((SupervisedObjective)first.Objective).Loss;
        network = new StackedNetwork(runs, device);
        optimizer = StackedOptimizerKinds.Make(runs, network.Parameters);
        trainPiece = first.Train;
        train = new TorchPiece(trainPiece, device, _ => false);
        batches = new TorchBatches(train, device, first.BatchSize * runs.Count);
        long widest = first.Network.Layers.Select(l => (long)l.OutputShape.ElementCount).Append(first.Network.InputShape.ElementCount).Max();
        rowsMeasured = (int)Math.Clamp(MostElementsMeasured / (widest * runs.Count), 1, MostRowsMeasured);
    }

    /// <summary>The rows of the runs have another order from here on.</summary>
    internal void Reorder() => isOrdered = false;

    /// <summary>Makes one training step of every run, as each asks for; all have the same place in their epoch.</summary>
    internal void Train()
    {
        if (!isOrdered) Arrange();
        using var scope = torch.NewDisposeScope();
        int models = runs.Count, first = runs[0].First, count = runs[0].Count;
        torch.Tensor?[] columns = batches.Take(first * models, count * models);
        network.Parameters.Gradients.zero_();
        torch.Tensor prediction = network.Train(columns[0]!), target = columns[1]!;
        // Rows of samples side by side have the networks inside; targets are wanted network by network.
        if (!network.TakesRows) target = target.view([count, models, .. target.shape[1..]]).transpose(0, 1).reshape(target.shape);
        torch.Tensor losses = loss.ComputeEach(prediction, target, models);
        ReadTargets(trainPiece, (k, i) => runs[k].Order is { Length: > 0 } order ? order[first + i] : first + i, count);
        Add(prediction, target, losses, count, trainPiece.Layout);
        using torch.Tensor total = losses.sum();
        total.backward();
        Update();
    }

    /// <summary>Measures a piece with every run, in evaluation mode.</summary>
    internal void Evaluate()
    {
        using var off = torch.no_grad();
        PreparedPiece piece = runs[0].Piece!;
        TorchPiece uploaded = Upload(piece);
        int models = runs.Count;
        for (int first = 0; first < piece.Count; first += rowsMeasured)
        {
            using var scope = torch.NewDisposeScope();
            int start = first, count = Math.Min(rowsMeasured, piece.Count - first);
            torch.Tensor prediction = network.Evaluate(uploaded.Take(t => t.narrow(0, start, count))[0]!);
            torch.Tensor target = uploaded.Targets[0].narrow(0, start, count);
            target = target.unsqueeze(0).expand([models, .. target.shape]).reshape([models * count, .. target.shape[1..]]);
            ReadTargets(piece, (_, i) => start + i, count);
            Add(prediction, target, loss.ComputeEach(prediction, target, models), count, piece.Layout);
        }
    }

    /// <summary>Goes on with some of the runs alone.</summary>
    /// <param name="staying">Those that stay, in their order.</param>
    internal void Keep(IReadOnlyList<StackedRun> staying)
    {
        if (staying.Count == runs.Count) return;
        int[] rows = [.. staying.Select(r => r.Row)];
        using torch.Tensor places = network.Parameters.PlacesOf(rows);
        network.Parameters.Keep(rows, places);
        optimizer.Keep(places);
        runs.Clear();
        runs.AddRange(staying);
        for (int k = 0; k < runs.Count; k++) runs[k].Row = k;
        isOrdered = false;
    }

    /// <summary>The weights of a run.</summary>
    internal WeightSet Export(StackedRun run) => network.Parameters.Export(run.Settings.Network, run.Row);

    /// <summary>Gives a run other weights.</summary>
    internal void Import(StackedRun run, WeightSet weights) => network.Parameters.Import(run.Settings.Network, run.Row, weights);

    /// <inheritdoc/>
    public void Dispose()
    {
        batches.Dispose();
        train.Dispose();
        foreach (TorchPiece piece in measured) piece.Dispose();
        optimizer.Dispose();
        network.Dispose();
    }

    /// <summary>Lays the rows of all runs in the order in which batches take them: batch by batch, in each as the network wants its samples.</summary>
    private void Arrange()
    {
        int models = runs.Count, size = runs[0].Settings.BatchSize, all = trainPiece.Count;
        int[] order = new int[all * models];
        int at = 0;
        for (int first = 0; first < all; first += size)
        {
            int count = Math.Min(size, all - first);
            for (int k = 0; k < models; k++)
            {
                int[] own = runs[k].Order;
                for (int i = 0; i < count; i++) order[at + (network.TakesRows ? (k * count) + i : (i * models) + k)] = own.Length > 0 ? own[first + i] : first + i;
            }
            at += count * models;
        }
        batches.Begin(order);
        isOrdered = true;
    }

    /// <summary>Makes the optimizers' step; a network whose loss is not finite keeps its weights.</summary>
    private void Update()
    {
        StackedRun[] broken = [.. runs.Where(r => !double.IsFinite(r.Loss))];
        WeightSet[] kept = [.. broken.Select(Export)];
        using (torch.no_grad()) optimizer.Step();
        for (int i = 0; i < broken.Length; i++) Import(broken[i], kept[i]);
    }

    private TorchPiece Upload(PreparedPiece piece)
    {
        if (piece.Data == trainPiece.Data) return train;
        TorchPiece? uploaded = measured.Find(p => p.Piece.Data == piece.Data);
        if (uploaded is null) measured.Add(uploaded = new TorchPiece(piece, device, _ => false));
        return uploaded;
    }

    /// <summary>Copies the targets of a batch of every run to managed memory, run by run.</summary>
    private void ReadTargets(PreparedPiece piece, Func<int, int, int> rowOf, int count)
    {
        int width = piece.Layout.Width, needed = runs.Count * count * width;
        if (targets.Length < needed) targets = new float[needed];
        for (int k = 0; k < runs.Count; k++)
            for (int i = 0; i < count; i++) piece.Targets.AsSpan(rowOf(k, i) * width, width).CopyTo(targets.AsSpan(((k * count) + i) * width));
    }

    /// <summary>Adds what was measured of a batch to the totals of every run.</summary>
    private void Add(torch.Tensor prediction, torch.Tensor target, torch.Tensor losses, int count, TargetLayout layout)
    {
        float[] values = losses.detach().cpu().data<float>().ToArray();
        using torch.Tensor here = prediction.detach().cpu().contiguous();
        ReadOnlySpan<float> outputs = MemoryMarshal.Cast<byte, float>(here.bytes);
        int size = outputs.Length / runs.Count, width = count * layout.Width;
        for (int k = 0; k < runs.Count; k++)
        {
            StackedRun run = runs[k];
            run.Loss = values[k];
            (double sum, double weight) = loss.Weigh(run.Loss, target.narrow(0, k * count, count), null, count);
            run.Totals.Add(0, sum, weight);
            ReadOnlySpan<float> own = outputs.Slice(k * size, size), wanted = targets.AsSpan(k * width, width);
            if (layout.Decisions > 0) run.Totals.Add(1, loss.CountCorrect(own, wanted, layout), (double)count * layout.Decisions);
            if (run.Totals.WantsOutputs) run.Totals.AddOutputs(own, wanted, count);
        }
    }
}
