using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Initialisers;

/// <summary>What the initialisers of He, Zhang, Ren and Sun (2015) share: a standard deviation of gain / √fan.</summary>
public abstract class KaimingInitialiser : Initialiser
{
    /// <summary>Which fan the spread is fitted to.</summary>
    [Position(0)]
    public FanMode Mode { get; init; }

    /// <summary>The activation that follows.</summary>
    [Position(1)]
    public Nonlinearity Nonlinearity { get; init; }

    /// <summary>Slope of the negative side when the activation is a leaky rectifier.</summary>
    public double NegativeSlope { get; init; }

    /// <summary>The standard deviation for a parameter.</summary>
    /// <param name="parameter">The parameter, with its fans.</param>
    protected double Deviation(ParameterSpec parameter) => Gain() / Math.Sqrt(Mode == FanMode.FanIn ? parameter.FanIn : parameter.FanOut);

    private double Gain() => Nonlinearity switch
    {
        Nonlinearity.LeakyReLU => Math.Sqrt(2.0 / (1.0 + (NegativeSlope * NegativeSlope))),
        Nonlinearity.ReLU => Math.Sqrt(2.0),
        Nonlinearity.Tanh => 5.0 / 3.0,
        Nonlinearity.SELU => 0.75,
        _ => 1.0,
    };
}
