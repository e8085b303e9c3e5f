using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Normal with standard deviation Gain √(2 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
[CatalogueEntry("XavierNormal", "GlorotNormal")]
public sealed class XavierNormalInitialiser : Initialiser
{
    /// <summary>Factor of the spread: 5/3 suits tanh, √2 suits ReLU.</summary>
    [Position(0)]
    [Range(0, double.MaxValue)]
    public double Gain { get; init; } = 1;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) =>
        FillNormal(values, 0, Gain * Math.Sqrt(2.0 / (parameter.FanIn + (double)parameter.FanOut)), random);
}
