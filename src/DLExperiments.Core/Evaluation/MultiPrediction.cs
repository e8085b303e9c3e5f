using System.Collections.Specialized;

namespace DLExperiments.Evaluation;

/// <summary>What a model with several outputs says of one row.</summary>
public sealed class MultiPrediction : RowPrediction
{
    /// <summary>The prediction of each output by its name: a <see cref="ClassPrediction"/> or a <see cref="ValuePrediction"/>.</summary>
    public required OrderedDictionary Outputs { get; init; }
}
