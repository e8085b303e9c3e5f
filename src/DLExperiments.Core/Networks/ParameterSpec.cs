using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Networks;

/// <summary>One tensor that a layer owns: a trained parameter, or a buffer that training keeps up to date (running statistics).</summary>
/// <param name="Name">Name within the layer, PyTorch's word: <c>weight</c>, <c>bias</c>, <c>running_mean</c>.</param>
/// <param name="Shape">Its shape, PyTorch's order: Linear weights are [out,in], convolutions [out,in/groups,height,width].</param>
/// <param name="Initialiser">How it starts when nothing else is asked for.</param>
/// <param name="FanIn">Inputs that feed one output unit; what initialisers scale with. 1 where it has no meaning.</param>
/// <param name="FanOut">Outputs that one input unit feeds.</param>
/// <param name="IsBuffer">True for a buffer: saved with the weights, never touched by the optimizer.</param>
public sealed record ParameterSpec(string Name, Shape Shape, Initialiser Initialiser, int FanIn = 1, int FanOut = 1, bool IsBuffer = false)
{
    /// <summary>Whether the definition chose the initialiser for this layer: then one for the whole network does not replace it.</summary>
    public bool IsInitialiserChosen { get; init; }

    /// <summary>Whether it is a bias, which initialisers for weights leave alone.</summary>
    public bool IsBias => Name.EndsWith("bias", StringComparison.Ordinal) || Name.Contains("bias_", StringComparison.Ordinal);
}
