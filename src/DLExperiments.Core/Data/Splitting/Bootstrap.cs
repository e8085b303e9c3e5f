using DLExperiments.Errors;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Splitting;

/// <summary>The bootstrap (Efron 1979): training rows drawn with replacement, measured on the rows that were not drawn, some 36.8 percent.</summary>
public sealed class Bootstrap
{
    /// <summary>How many data sets.</summary>
    public required int Count { get; init; }

    /// <summary>Seed of the draws.</summary>
    public long Seed { get; init; }

    /// <summary>Makes the data sets.</summary>
    /// <param name="data">The data set; earlier pieces of it are replaced.</param>
    /// <exception cref="ExperimentException">InvalidBootstrap: fewer than one, or a data set of fewer than two rows.</exception>
    public IReadOnlyList<Dataset> Split(Dataset data)
    {
        if (Count < 1 || data.Count < 2)
            throw new ExperimentException("InvalidBootstrap", ErrorKind.InvalidArgument, $"There must be at least one bootstrap data set and two rows; {Count} of '{data.Name}' with {data.Count} row(s) were asked for.", Count);
        return [.. Enumerable.Range(0, Count).Select(i => Draw(data, i))];
    }

    private Dataset Draw(Dataset data, int index)
    {
        var random = new RandomStream(Seed, RandomPurpose.Split, index + 1);
        int[] drawn = new int[data.Count];
        bool[] seen = new bool[data.Count];
        do
        {
            Array.Clear(seen);
            for (int i = 0; i < drawn.Length; i++) seen[drawn[i] = random.NextInt32(data.Count)] = true;
        }
        while (Array.TrueForAll(seen, s => s));
        string name = $"{data.Name} (bootstrap {index + 1})";
        Dataset rest = data.Select($"{name}, not drawn", Enumerable.Range(0, data.Count).Where(r => !seen[r]));
        return data.Rename(name).WithPieces(data.Select($"{name}, drawn", drawn), rest, rest);
    }
}
