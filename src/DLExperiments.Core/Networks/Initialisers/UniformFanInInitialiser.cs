using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>
/// PyTorch's default for Linear, convolution and recurrent layers: uniform on ±1/√fan_in, weights and biases alike
/// (which is kaiming_uniform with a = √5 for the weights).
/// </summary>
[CatalogueEntry("PyTorchDefault", "Default")]
public sealed class UniformFanInInitialiser : Initialiser
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        double bound = 1.0 / Math.Sqrt(parameter.FanIn);
        FillUniform(values, -bound, bound, random);
    }
}
