using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training.Regularisers;

/// <summary>A penalty on trained parameters.</summary>
public abstract class WeightPenalty : Regulariser
{
    /// <summary>Whether biases and scales (parameters of one dimension) are penalised too, not only weights.</summary>
    public bool Bias { get; init; }

    /// <summary>The layers concerned, with wildcards; null for all.</summary>
    public string[]? Layer { get; init; }

    /// <inheritdoc/>
    public override void Validate(NetworkDefinition network) => ParameterPattern.RequireLayers(Layer ?? [], network);

    /// <summary>
    /// The factors a and b when the penalty is a‖w‖₁ + b‖w‖₂² and no more, and whether the first part acts by soft-thresholding; null when it is another.
    /// </summary>
    internal virtual (double First, double Second, bool IsProximal)? Norms => null;

    /// <summary>Starts it for a network.</summary>
    internal abstract PenaltyTerm Start(TorchNetwork network);

    /// <summary>Whether it penalises a parameter.</summary>
    internal bool Concerns(ParameterSlice slice) =>
        (Bias || slice is { IsBias: false, Shape.Count: >= 2 }) && (Layer is null || Layer.Any(p => ParameterPattern.IsMatch(p, slice.Name)));
}
