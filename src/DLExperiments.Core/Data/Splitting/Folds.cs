using DLExperiments.Errors;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Splitting;

/// <summary>K-fold cross-validation: the rows are dealt into parts, each of which is validated on once while the others are trained on.</summary>
public sealed class Folds
{
    /// <summary>How many parts, at least 2.</summary>
    public required int Count { get; init; }

    /// <summary>Whether each class of the first target is dealt evenly, to within one row.</summary>
    public bool Stratify { get; init; }

    /// <summary>Whether parts are runs of consecutive rows instead of shuffled ones.</summary>
    public bool Sequential { get; init; }

    /// <summary>A value for each row; rows of one value stay in one part. None for single rows.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Seed of the shuffle.</summary>
    public long Seed { get; init; }

    /// <summary>Makes one data set for each part.</summary>
    /// <param name="data">The data set; earlier pieces of it are replaced.</param>
    /// <param name="warn">Told of classes with fewer rows than parts; may be null.</param>
    /// <returns>The data set once for each part: the part is Validation and Test, all other rows are Train.</returns>
    /// <exception cref="ExperimentException">InvalidFold, CannotStratify, GroupMismatch, TooFewGroups.</exception>
    public IReadOnlyList<Dataset> Split(Dataset data, Action<string>? warn = null)
    {
        if (Count < 2 || Count > data.Count)
            throw new ExperimentException("InvalidFold", ErrorKind.InvalidArgument, $"'{data.Name}' has {data.Count} rows, which make 2 to {data.Count} folds, not {Count}.", Count);
        if (Stratify && Sequential)
            throw new ExperimentException("CannotStratify", ErrorKind.InvalidArgument, "Folds cannot be both stratified and sequential: sequential ones take the rows as they come.", data.Name);
        if (Groups.Count > 0) GroupParts.Verify(data, Groups, Stratify, Sequential);
        int[] order = Sequential ? [.. Enumerable.Range(0, data.Count)] : new RandomStream(Seed, RandomPurpose.Split).NextPermutation(data.Count);
        int[] sizes = [.. Enumerable.Range(0, Count).Select(f => (int)((f + 1L) * data.Count / Count - (long)f * data.Count / Count))];
        List<int>[] parts = Groups.Count > 0 ? GroupParts.Deal(data, Groups, order, sizes) : Stratify ? Stratified(data, order, warn) : Consecutive(order, sizes);
        return [.. parts.Select((part, f) => Fold(data, order, part, f))];
    }

    private Dataset Fold(Dataset data, int[] order, List<int> part, int fold)
    {
        string name = $"{data.Name} (fold {fold + 1} of {Count})";
        var held = new HashSet<int>(part);
        Dataset validation = data.Select($"{name}, validation", part);
        return data.Rename(name).WithPieces(data.Select($"{name}, train", order.Where(r => !held.Contains(r))), validation, validation);
    }

    private static List<int>[] Consecutive(int[] order, int[] sizes)
    {
        var parts = new List<int>[sizes.Length];
        for (int f = 0, start = 0; f < sizes.Length; start += sizes[f++]) parts[f] = [.. order.AsSpan(start, sizes[f])];
        return parts;
    }

    // Dealing class after class without starting anew keeps both the classes and the parts even.
    private List<int>[] Stratified(Dataset data, int[] order, Action<string>? warn)
    {
        if (data.Targets.FirstOrDefault() is not ClassColumn column)
            throw new ExperimentException("CannotStratify", ErrorKind.InvalidArgument,
                $"'{data.Name}' cannot be stratified: its first target is no class. If it holds class numbers, read it with -TargetType Class.", data.Name);
        foreach (ClassCount rare in data.ClassCounts!.Where(c => c.Count > 0 && c.Count < Count))
            warn?.Invoke($"Class '{rare.Class}' has {rare.Count} row(s), so that some of the {Count} folds have none of it.");
        List<int>[] parts = [.. Enumerable.Range(0, Count).Select(_ => new List<int>())];
        int next = 0;
        foreach (int row in order.OrderBy(r => column.Codes[data.Rows[r]])) parts[next++ % Count].Add(row);
        return parts;
    }
}
