using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Training;

/// <summary>Refuses batches of one row where a layer normalises over the batch: known before the first step, not at the end of the first epoch.</summary>
internal static class SmallBatches
{
    /// <summary>Checks the batches of an epoch.</summary>
    /// <exception cref="ExperimentException">BatchTooSmall: one has a single row, and a layer has one value per channel of it.</exception>
    internal static void Check(TrainingSetup setup, TrainingOptions options)
    {
        int count = setup.Train.Count, size = options.BatchSize == 0 ? count : Math.Min(options.BatchSize, count), parts = options.Rules.BatchParts;
        // Rows without weight are left out, and so perhaps is the batch.
        if (!setup.Objective.SendsBatchAlone || setup.Train.RowWeights is not null || !HasOne(count, size, parts)) return;
        if (options.MaxSteps < (count + size - 1) / size) return;
        if (setup.Train.Network.Layers.FirstOrDefault(n => n is { Layer: BatchNormLayer, IsFrozen: false } && n.OutputShape.ElementCount == n.OutputShape[0]) is not { } layer) return;
        int? smaller = Enumerable.Range(2, Math.Max(0, size - 2)).Reverse().Select(s => (int?)s).FirstOrDefault(s => !HasOne(count, s!.Value, parts)),
            larger = Enumerable.Range(size + 1, Math.Max(0, count - size)).Select(s => (int?)s).FirstOrDefault(s => !HasOne(count, s!.Value, parts));
        string[] others = [.. new[] { smaller, larger }.OfType<int>().Select(s => FormattableString.Invariant($"{s}"))];
        throw new ExperimentException("BatchTooSmall", ErrorKind.InvalidOperation,
            FormattableString.Invariant($"{layer.Type} '{layer.Name}' needs more than one value per channel to normalise, but of {count} rows in batches of {size}{(parts > 1 ? $" in {parts} parts" : "")} one has a single sample; ")
            + (others.Length > 0 ? $"take another BatchSize, such as {string.Join(" or ", others)}." : "it needs more rows."), layer.Name);
    }

    private static bool HasOne(int count, int size, int parts) => Least(size, parts) == 1 || count % size is > 0 and var last && Least(last, parts) == 1;

    private static int Least(int rows, int parts)
    {
        int size = (rows + Math.Min(parts, rows) - 1) / Math.Min(parts, rows);
        return rows % size is > 0 and var rest ? rest : size;
    }
}
