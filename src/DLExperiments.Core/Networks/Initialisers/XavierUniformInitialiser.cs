using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Uniform on ±Gain √(6 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
[CatalogueEntry("XavierUniform", "GlorotUniform")]
public sealed class XavierUniformInitialiser : Initialiser
{
    /// <summary>Factor of the spread: 5/3 suits tanh, √2 suits ReLU.</summary>
    [Position(0)]
    [Range(0, double.MaxValue)]
    public double Gain { get; init; } = 1;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        double bound = Gain * Math.Sqrt(6.0 / (parameter.FanIn + (double)parameter.FanOut));
        FillUniform(values, -bound, bound, random);
    }
}
