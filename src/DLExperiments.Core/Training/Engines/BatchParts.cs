namespace DLExperiments.Training.Engines;

/// <summary>
/// The parts of a batch in which at least one row counts, one after the other; the rest is left out as if it were not there. A batch with none
/// is no step: its weighted mean would be 0 divided by 0.
/// </summary>
internal ref struct BatchParts
{
    private readonly float[]? weights;
    private readonly ReadOnlySpan<int> order;
    private readonly int first, count, size, most, last;
    private int next, place;
    private bool begun;

    /// <summary>Cuts a batch.</summary>
    /// <param name="weights">What each row of the piece weighs; null where all weigh alike.</param>
    /// <param name="order">The order of the rows; empty for the one in which they are.</param>
    /// <param name="first">The batch's first place in the order.</param>
    /// <param name="count">Its rows.</param>
    /// <param name="parts">How many parts are wanted, at least 1; there are no more than rows.</param>
    internal BatchParts(float[]? weights, ReadOnlySpan<int> order, int first, int count, int parts)
    {
        this.weights = weights;
        this.order = order;
        this.first = first;
        this.count = count;
        most = parts;
        parts = Math.Min(parts, count);
        size = (count + parts - 1) / parts;
        last = count;
        if (weights is null)
        {
            last = (count - 1) / size * size;
            return;
        }
        for (int at = 0; at < count; at += size)
            if (Counts(at)) last = at;
    }

    /// <summary>Whether no row of the batch counts.</summary>
    internal readonly bool IsEmpty => last == count;

    /// <summary>The part's first place in the order.</summary>
    internal readonly int First => first + place;

    /// <summary>Its rows.</summary>
    internal readonly int Rows => Math.Min(size, count - place);

    /// <summary>Its share of the batch, and whether it is the first or the last that counts.</summary>
    internal BatchPart Part { get; private set; }

    /// <summary>A number for the part's random draws: each part has dropout of its own.</summary>
    /// <param name="step">The step.</param>
    internal readonly long Number(long step) => size == count ? step : step * most + place / size;

    /// <summary>Goes on to the next part; false after the last.</summary>
    internal bool Next()
    {
        while (next < count && !Counts(next)) next += size;
        if (next >= count) return false;
        place = next;
        next += size;
        Part = size == count ? BatchPart.Whole : new BatchPart((double)Rows / count, !begun, place == last) { Before = place, BatchRows = count };
        begun = true;
        return true;
    }

    private readonly bool Counts(int at)
    {
        if (weights is null) return true;
        for (int i = first + at; i < first + Math.Min(at + size, count); i++)
            if (weights[order.IsEmpty ? i : order[i]] != 0) return true;
        return false;
    }
}
