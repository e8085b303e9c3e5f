using System.Collections.Specialized;

namespace DLExperiments.Evaluation;

/// <summary>What a model says of one row.</summary>
public abstract class RowPrediction
{
    /// <summary>The row's place, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>The object that was piped in, or null when a data set was given.</summary>
    public object? InputObject { get; init; }

    /// <summary>What the layers that were asked for gave this row, by their names (<see cref="LayerOutput"/>); null when none were asked for.</summary>
    public OrderedDictionary? Layers { get; internal set; }
}
