using DLExperiments.Losses;

namespace DLExperiments.Training.Engines;

/// <summary>
/// What rows weigh in a loss, so that the parts of a batch count together as the batch does in one: a mean is divided by the weight of the whole batch, not each part's by
/// its own, and a sum is not divided at all.
/// </summary>
internal static class BatchWeight
{
    /// <summary>Whether a part has no weight in a batch that has some: its mean does not exist, but the sum that label smoothing leaves counts in the batch's.</summary>
    /// <param name="piece">The piece that the batch is from.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="set">The place of its targets in the piece; below 0 when it has none there.</param>
    /// <param name="order">The order of the rows; empty for the one in which they are.</param>
    /// <param name="first">The part's first place in the order.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="part">Which part it is.</param>
    internal static bool IsWeightless(PreparedPiece piece, Loss loss, int set, ReadOnlySpan<int> order, int first, int rows, BatchPart part) =>
        part.BatchRows > 0 && !loss.IsSum && Of(piece, loss, set, order, first, rows) == 0 && Of(piece, loss, set, order, first - part.Before, part.BatchRows) > 0;

    /// <summary>The share of a part in the loss of its batch: of its mean, or of its sum where it is weightless.</summary>
    /// <param name="piece">The piece that the batch is from.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="set">The place of its targets in the piece; below 0 when it has none there.</param>
    /// <param name="order">The order of the rows; empty for the one in which they are.</param>
    /// <param name="first">The part's first place in the order.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="part">Which part it is.</param>
    internal static double Share(PreparedPiece piece, Loss loss, int set, ReadOnlySpan<int> order, int first, int rows, BatchPart part)
    {
        if (part.BatchRows == 0 || loss.IsSum) return 1;
        double batch = Of(piece, loss, set, order, first - part.Before, part.BatchRows);
        return batch == 0 ? part.Share : Of(piece, loss, set, order, first, rows) is > 0 and double own ? own / batch : 1 / batch;
    }

    private static double Of(PreparedPiece piece, Loss loss, int set, ReadOnlySpan<int> order, int first, int count)
    {
        double sum = 0;
        for (int i = first; i < first + count; i++)
        {
            int row = order.IsEmpty ? i : order[i];
            double own = piece.RowWeights is { } weights ? weights[row] : 1;
            if (set < 0 || own == 0)
            {
                sum += own;
                continue;
            }
            (_, TargetLayout layout, float[] values) = piece.TargetSets[set];
            sum += own * loss.WeightOf(values.AsSpan(row * layout.Width, layout.Width), layout);
        }
        return sum;
    }
}
