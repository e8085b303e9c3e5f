using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Networks;

/// <summary>A layer with one input, a weight and an optional bias, whose first values can be chosen for this layer alone.</summary>
public abstract class WeightedLayer : SingleInputLayer
{
    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>How the weight starts; by default as in PyTorch, or as chosen for the whole network.</summary>
    [ParameterAlias("Initialiser", "Initializer", "WeightInitializer")]
    public Initialiser? WeightInitialiser { get; init; }

    /// <summary>How the bias starts; by default as in PyTorch, or as chosen for the whole network.</summary>
    [ParameterAlias("BiasInitializer")]
    public Initialiser? BiasInitialiser { get; init; }

    /// <summary>The weight and, unless switched off, the bias.</summary>
    /// <param name="weight">The weight's shape.</param>
    /// <param name="outputs">How many outputs (units, channels) have a bias.</param>
    /// <param name="fanIn">Inputs that feed one output unit.</param>
    /// <param name="fanOut">Outputs that one input unit feeds.</param>
    protected IReadOnlyList<ParameterSpec> WeightAndBias(Shape weight, int outputs, int fanIn, int fanOut)
    {
        var standard = new UniformFanInInitialiser();
        var specification = new ParameterSpec("weight", weight, WeightInitialiser ?? standard, fanIn, fanOut)
        {
            IsInitialiserChosen = WeightInitialiser is not null,
        };
        return Bias
            ? [specification, specification with
            {
                Name = "bias", Shape = new Shape(outputs), Initialiser = BiasInitialiser ?? standard, IsInitialiserChosen = BiasInitialiser is not null,
            }]
            : [specification];
    }
}
