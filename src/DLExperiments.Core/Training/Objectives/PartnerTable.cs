using DLExperiments.Randomness;

namespace DLExperiments.Training.Objectives;

/// <summary>The rows of a piece by class, and the draw of a partner of the same or of another class.</summary>
internal sealed class PartnerTable
{
    private readonly int[] codes, sorted, starts, places;

    /// <param name="targets">The class of every row.</param>
    internal PartnerTable(float[] targets)
    {
        codes = Array.ConvertAll(targets, t => (int)t);
        starts = new int[codes.Length == 0 ? 1 : codes.Max() + 2];
        foreach (int code in codes) starts[code + 1]++;
        Classes = starts.Count(n => n > 0);
        for (int c = 1; c < starts.Length; c++) starts[c] += starts[c - 1];
        sorted = new int[codes.Length];
        places = new int[codes.Length];
        int[] next = [.. starts];
        for (int row = 0; row < codes.Length; row++)
        {
            places[row] = next[codes[row]]++;
            sorted[places[row]] = row;
        }
    }

    /// <summary>How many classes have rows.</summary>
    internal int Classes { get; }

    /// <summary>Whether another row has the class of a row.</summary>
    internal bool HasTwin(int row) => CountOf(row) > 1;

    /// <summary>Another row of the row's class, all equally likely.</summary>
    internal int DrawSame(int row, RandomStream random)
    {
        int start = starts[codes[row]], place = start + random.NextInt32(CountOf(row) - 1);
        return sorted[place >= places[row] ? place + 1 : place];
    }

    /// <summary>A row of another class, all equally likely.</summary>
    internal int DrawOther(int row, RandomStream random)
    {
        int start = starts[codes[row]], place = random.NextInt32(codes.Length - CountOf(row));
        return sorted[place >= start ? place + CountOf(row) : place];
    }

    private int CountOf(int row) => starts[codes[row] + 1] - starts[codes[row]];
}
