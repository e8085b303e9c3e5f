using System.Diagnostics;
using DLExperiments.Errors;
using DLExperiments.Training.Prefetching;
using TorchSharp;

namespace DLExperiments.Training.Engines;

// How batches come to the network: from the tensors of a piece, read ahead, in parts.
public sealed partial class TorchStepEngine
{
    /// <summary>Sends a batch through the network in its parts: measures, and the gradients or, with most optimizers, the step.</summary>
    private double TrainParts(int first, int count, long number, double learningRate, MeasureTotals totals)
    {
        var parts = new BatchParts(settings.Train.RowWeights, batches.Order, first, count, settings.Rules.BatchParts);
        step.ActivationPenalty = 0;
        isSkipped = parts.IsEmpty;
        double loss = 0;
        while (double.IsFinite(loss) && parts.Next())
            loss += parts.Part.Share * TrainPart(parts.First, parts.Rows, parts.Number(number), learningRate, totals, parts.Part);
        return loss;
    }

    /// <summary>Whether the rows that are trained on are wanted as they are, too, beside their augmented form.</summary>
    private bool KeepsPlain => settings.Objective.ReadsPlainRows(settings.Train.IsAugmented);

    private bool Takes(int input) => BatchPrefetcher.Takes(settings.Train, augments: true, settings.Train.Sources[input].Feature);

    private static void VerifyRows(EngineSettings settings)
    {
        if (settings.Train.IsLazy && settings.Objective.ReadsPlainRows(settings.Train.IsAugmented))
            throw new ExperimentException("LazyData", ErrorKind.InvalidOperation,
                $"The objective {settings.Objective.Type} reads rows beside those of its batch, but '{settings.Train.Data.Name}' is read from its files batch by batch; "
                + "import it with a larger -MemoryLimit, or make the pictures smaller.", settings.Train.Data.Name);
    }

    private TorchPiece Upload(PreparedPiece piece)
    {
        // What is trained on augmented is measured as it is, so it has to be uploaded after all.
        TorchPiece? uploaded = piece == settings.Train && (!piece.IsAugmented || KeepsPlain) ? train : measured.Find(p => p.Piece == piece);
        if (uploaded is null) measured.Add(uploaded = new TorchPiece(piece, device, i => BatchPrefetcher.Takes(piece, augments: false, piece.Sources[i].Feature)));
        return uploaded;
    }

    /// <summary>What reads a piece ahead for measuring, at its beginning; null when all of it is uploaded.</summary>
    private TorchAhead? BeginAhead(PreparedPiece piece)
    {
        if (!BatchPrefetcher.Takes(piece, augments: false)) return null;
        if (!measuredAhead.TryGetValue(piece, out TorchAhead? ahead))
            measuredAhead.Add(piece, ahead = new TorchAhead(piece, augments: false, settings.Seed, device,
                p => p.First + p.Count < piece.Count ? new BatchPlace(p.First + p.Count, Math.Min(rowsMeasured, piece.Count - p.First - p.Count), 0) : null));
        ahead.Begin([]);
        return ahead;
    }

    private static torch.Tensor[] TakeMeasured(TorchPiece uploaded, TorchAhead? ahead, int start, int count)
    {
        torch.Tensor?[] inputs = uploaded.Take(t => t.narrow(0, start, count));
        ahead?.Take(new BatchPlace(start, count, 0), inputs);
        return inputs!;
    }

    private double TrainPart(int first, int count, long number, double learningRate, MeasureTotals totals, BatchPart part)
    {
        using var scope = torch.NewDisposeScope();
        long started = Stopwatch.GetTimestamp();
        torch.Tensor?[] columns = batches.Take(first, count);
        gathering += Stopwatch.GetTimestamp() - started;
        int places = settings.Train.Sources.Count, targets = settings.Train.TargetSets.Count;
        torch.Tensor?[] inputs = columns[..places];
        step.Targets = columns[places..(places + targets)]!;
        step.SampleWeights = settings.Train.RowWeights is null ? null : columns[^1];
        step.Part = part;
        torch.Tensor[]? plain = settings.Train.IsAugmented && KeepsPlain ? [.. inputs!] : null;
        if (trainAhead?.Take(new BatchPlace(first, count, number), inputs) is { } augmented) step.Targets[0] = augmented;
        step.Inputs = inputs!;
        Prepare(settings.Train, count, number, learningRate, totals, training: true);
        step.Begin(train, batches.Order, first, plain);
        return settings.Objective.Train(step);
    }

    /// <summary>The batch, or part of one, that is trained on after another.</summary>
    private BatchPlace? Follow(BatchPlace place)
    {
        int next = place.First + place.Count, parts = settings.Rules.BatchParts, start = place.First - place.First % settings.BatchSize;
        int Rows(int from) => Math.Min(settings.BatchSize, settings.Train.Count - from);
        int Size(int rows) => (rows + Math.Min(parts, rows) - 1) / Math.Min(parts, rows);
        if (next < start + Rows(start)) return new BatchPlace(next, Math.Min(Size(Rows(start)), start + Rows(start) - next), place.Number + 1);
        if (next >= settings.Train.Count) return null;
        return new BatchPlace(next, Size(Rows(next)), parts == 1 ? place.Number + 1 : (place.Number / parts + 1) * parts);
    }
}
