using System.Runtime.ExceptionServices;

namespace DLExperiments.Training.Prefetching;

/// <summary>A batch that is being made ahead of its step, or is made.</summary>
/// <param name="place">Which batch.</param>
/// <param name="rows">Its rows of the piece.</param>
/// <param name="features">Room for each feature: bytes, floats, or null for one that is not read ahead.</param>
internal sealed class PrefetchedBatch(BatchPlace place, int[] rows, Array?[] features)
{
    internal BatchPlace Place { get; } = place;

    internal int[] Rows { get; } = rows;

    /// <summary>The features, row-major: bytes of a <see cref="Data.PixelColumn"/>, or floats as the network sees them; null for one that is not read ahead.</summary>
    internal Array?[] Features { get; } = features;

    /// <summary>The first targets when the batch is augmented, else null.</summary>
    internal float[]? Targets { get; set; }

    /// <summary>The first row that no thread has taken yet.</summary>
    internal int Next { get; set; }

    /// <summary>How many rows are not made yet.</summary>
    internal int Remaining { get; set; } = rows.Length;

    internal bool IsReady { get; set; }

    /// <summary>What the first row that cannot be made says; thrown when the batch's turn comes.</summary>
    internal ExceptionDispatchInfo? Fault { get; set; }
}
