using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Stacking;

/// <summary>One training of a stack: what it was made from, and the step that it asks for.</summary>
/// <param name="settings">What its engine is made from.</param>
internal sealed class StackedRun(EngineSettings settings)
{
    /// <summary>What its engine is made from.</summary>
    internal EngineSettings Settings { get; } = settings;

    /// <summary>Its place in the stack; it changes when another leaves.</summary>
    internal int Row { get; set; }

    /// <summary>The order of its rows in this epoch; empty for the one in which they are.</summary>
    internal int[] Order { get; set; } = [];

    /// <summary>The piece to measure; null for a training step.</summary>
    internal PreparedPiece? Piece { get; set; }

    /// <summary>The first place of its batch.</summary>
    internal int First { get; set; }

    /// <summary>How many rows its batch has.</summary>
    internal int Count { get; set; }

    /// <summary>The step over all epochs, from 0.</summary>
    internal long Step { get; set; }

    /// <summary>The learning rate of the step.</summary>
    internal double LearningRate { get; set; }

    /// <summary>Where measures are added.</summary>
    internal MeasureTotals Totals { get; set; } = null!;

    /// <summary>The loss of the step that was made.</summary>
    internal double Loss { get; set; }
}
