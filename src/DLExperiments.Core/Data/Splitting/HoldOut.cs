using System.Globalization;
using DLExperiments.Errors;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Splitting;

/// <summary>
/// Splits a data set into up to three pieces that share no row: to train, to validate and to test. Of two pieces the second serves for
/// both validation and test. Shuffled unless sequential.
/// </summary>
public sealed class HoldOut
{
    /// <summary>The share of each piece, up to three, together at most 1; one share leaves the rest to a second piece.</summary>
    public IReadOnlyList<double> Ratio { get; init; } = [];

    /// <summary>The rows of each piece instead, up to three; one number leaves the rest to a second piece.</summary>
    public IReadOnlyList<int> Count { get; init; } = [];

    /// <summary>Whether each class of the first target gets its share of each piece, to within one row.</summary>
    public bool Stratify { get; init; }

    /// <summary>Whether the pieces follow each other in the order of the rows, as time series need.</summary>
    public bool Sequential { get; init; }

    /// <summary>A value for each row; rows of one value stay in one piece, whose size is then only near the wanted one. None for single rows.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Seed of the shuffle; the same seed gives the same pieces.</summary>
    public long Seed { get; init; }

    /// <summary>Splits a data set.</summary>
    /// <param name="data">The data set; earlier pieces of it are replaced.</param>
    /// <param name="warn">Told of a class that a piece has no row of; may be null.</param>
    /// <returns>The data set with its pieces.</returns>
    /// <exception cref="ExperimentException">InvalidRatio, InvalidCount, TooFewRows, CannotStratify, ClassTooSmall, GroupMismatch, TooFewGroups.</exception>
    public Dataset Split(Dataset data, Action<string>? warn = null)
    {
        int[] sizes = Sizes(data);
        if (Stratify && Sequential)
            throw new ExperimentException("CannotStratify", ErrorKind.InvalidArgument,
                "A split cannot be both stratified and sequential: a sequential split takes the rows as they come.", data.Name);
        if (Groups.Count > 0) GroupParts.Verify(data, Groups, Stratify, Sequential);
        int[] order = Sequential ? [.. Enumerable.Range(0, data.Count)] : new RandomStream(Seed, RandomPurpose.Split).NextPermutation(data.Count);
        List<int>[] rows = Groups.Count > 0 ? GroupParts.Deal(data, Groups, order, sizes) : Stratify ? Stratified(data, order, sizes) : Consecutive(order, sizes);
        string[] names = sizes.Length == 2 ? ["train", "test"] : ["train", "validation", "test"];
        Dataset[] pieces = [.. rows.Select((r, i) => data.Select($"{data.Name} ({names[i]})", r))];
        if (warn is not null) WarnOfAbsentClasses(data, pieces, names, warn);
        return data.WithPieces(pieces[0], pieces[1], pieces[^1]);
    }

    private int[] Sizes(Dataset data)
    {
        int total = data.Count;
        if (Ratio.Count > 0 == Count.Count > 0)
            throw new ExperimentException("InvalidRatio", ErrorKind.InvalidArgument, "Give the pieces either by ratio or by count.", data.Name);
        int[] sizes = Ratio.Count > 0 ? FromRatio(total) : FromCount(total);
        int empty = Array.FindIndex(sizes, s => s < 1);
        if (empty >= 0)
            throw new ExperimentException("TooFewRows", ErrorKind.InvalidArgument,
                $"Piece {empty + 1} would have no row: '{data.Name}' has {total} rows, split {string.Join(", ", sizes)}.", data.Name);
        return sizes;
    }

    /// <summary>Refuses shares that make no pieces of any data.</summary>
    /// <param name="ratio">The shares.</param>
    /// <exception cref="ExperimentException">InvalidRatio.</exception>
    internal static void CheckRatio(IReadOnlyList<double> ratio)
    {
        if (ratio.Count > 3 || ratio.Any(r => !(r > 0 && r <= 1)) || ratio.Sum() > 1 + 1e-9 || (ratio.Count == 1 && ratio[0] >= 1))
            throw new ExperimentException("InvalidRatio", ErrorKind.InvalidArgument,
                $"The ratios {string.Join(", ", ratio.Select(r => r.ToString(CultureInfo.InvariantCulture)))} do not make pieces: give up to three numbers above 0 whose sum is at most 1, for example .8, .2.", ratio);
    }

    private int[] FromRatio(int total)
    {
        CheckRatio(Ratio);
        IReadOnlyList<double> shares = Ratio.Count == 1 ? [Ratio[0], 1 - Ratio[0]] : Ratio;
        // Rounding the running sums keeps every piece within one row of its share and the whole complete.
        int[] sizes = new int[shares.Count];
        double running = 0;
        for (int i = 0, before = 0; i < sizes.Length; i++)
        {
            running += shares[i];
            int until = Math.Min(total, (int)Math.Round(running * total, MidpointRounding.AwayFromZero));
            sizes[i] = until - before;
            before = until;
        }
        return sizes;
    }

    private int[] FromCount(int total)
    {
        long sum = Count.Sum(c => (long)c);
        if (Count.Count > 3 || Count.Any(c => c < 1) || sum > total || (Count.Count == 1 && sum == total))
            throw new ExperimentException("InvalidCount", ErrorKind.InvalidArgument,
                $"The counts {string.Join(", ", Count)} do not make pieces of {total} rows: give up to three positive numbers whose sum is at most {total}.", Count);
        return Count.Count == 1 ? [Count[0], total - Count[0]] : [.. Count];
    }

    private static List<int>[] Consecutive(int[] order, int[] sizes)
    {
        var pieces = new List<int>[sizes.Length];
        for (int p = 0, start = 0; p < sizes.Length; start += sizes[p++]) pieces[p] = [.. order.AsSpan(start, sizes[p])];
        return pieces;
    }

    private static List<int>[] Stratified(Dataset data, int[] order, int[] sizes)
    {
        if (data.Targets.FirstOrDefault() is not ClassColumn column)
            throw new ExperimentException("CannotStratify", ErrorKind.InvalidArgument,
                $"'{data.Name}' cannot be stratified: its first target is no class. If it holds class numbers, read it with -TargetType Class.", data.Name);
        int[] classes = [.. data.Rows.Select(r => column.Codes[r])];
        int[,] quota = Quotas([.. data.ClassCounts!.Select(c => c.Count)], sizes, data);
        var pieces = sizes.Select(s => new List<int>(s)).ToArray();
        foreach (int row in order)
        {
            // Each class fills its places piece by piece, in the shuffled order, so the pieces are shuffled too.
            int p = 0;
            while (p < sizes.Length && quota[classes[row], p] == 0) p++;
            if (p == sizes.Length) continue;
            quota[classes[row], p]--;
            pieces[p].Add(row);
        }
        return pieces;
    }

    /// <summary>
    /// How many rows of each class go into each piece: the exact share rounded down, and the rest of each piece's places given out one at a
    /// time to the class's pieces that still want most (Gale and Ryser 1957: this order never gets stuck).
    /// </summary>
    private static int[,] Quotas(int[] classSizes, int[] sizes, Dataset data)
    {
        int total = data.Count, pieces = sizes.Length + 1;
        // What belongs to no piece counts as one more, so that every row has a place.
        int[] wanted = [.. sizes, total - sizes.Sum()];
        int[,] quota = new int[classSizes.Length, pieces];
        int[] spare = [.. classSizes];
        for (int c = 0; c < classSizes.Length; c++)
        {
            if (classSizes[c] > 0 && classSizes[c] < sizes.Length)
                throw new ExperimentException("ClassTooSmall", ErrorKind.InvalidData,
                    $"Class '{data.ClassNames![c]}' has {classSizes[c]} row(s), too few for {sizes.Length} pieces. Leave the class out, or split without -Stratify.", data.ClassNames[c]);
            for (int p = 0; p < pieces; p++)
            {
                int share = (int)((long)classSizes[c] * (p < sizes.Length ? sizes[p] : total - sizes.Sum()) / total);
                quota[c, p] = share;
                wanted[p] -= share;
                spare[c] -= share;
            }
        }
        for (int c = 0; c < classSizes.Length; c++)
        {
            foreach (int p in Enumerable.Range(0, pieces).OrderByDescending(p => wanted[p]).ThenByDescending(p => Remainder(c, p)).Take(spare[c]))
            {
                quota[c, p]++;
                wanted[p]--;
            }
        }
        return quota;

        long Remainder(int c, int p) => (long)classSizes[c] * (p < sizes.Length ? sizes[p] : total - sizes.Sum()) % total;
    }

    private static void WarnOfAbsentClasses(Dataset data, Dataset[] pieces, string[] names, Action<string> warn)
    {
        for (int p = 0; p < pieces.Length; p++)
            foreach ((ClassCount all, ClassCount here) in (data.ClassCounts ?? []).Zip(pieces[p].ClassCounts ?? []))
                if (all.Count > 0 && here.Count == 0) warn($"The {names[p]} piece has no row of class '{here.Class}'.");
    }
}
